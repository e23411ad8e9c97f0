# Each target is one call of tools/tasks.py, so that machines without make have the same commands.
PYTHON ?= $(shell command -v python3 || command -v python)
TASK = "$(PYTHON)" tools/tasks.py

.PHONY: help report pdf test test-all install lab lint clean

help:
	@$(TASK) help

report:
	@$(TASK) report

pdf:
	@$(TASK) pdf

test:
	@$(TASK) test

test-all:
	@$(TASK) test-all

install:
	@$(TASK) install

lab:
	@$(TASK) lab

lint:
	@$(TASK) lint

clean:
	@$(TASK) clean
