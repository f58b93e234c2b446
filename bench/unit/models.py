from django.db import models


class Person(models.Model):
    name = models.CharField(max_length=100)
    function = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    room = models.CharField(max_length=200)
    people = models.ManyToManyField(Person)

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=40)
    minutes = models.TextField()

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title
