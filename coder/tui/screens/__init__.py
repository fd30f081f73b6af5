"""The screens, each with its styles beside it. Import each where it is first shown."""
