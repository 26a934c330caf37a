"""The Python half of libfastnet: carries the rings and commands of its C half to `fastnet.net` and back."""
