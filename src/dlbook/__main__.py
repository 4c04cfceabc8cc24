"""`python -m dlbook train …`: the command, where its script is not on the path."""

from dlbook._command import main

if __name__ == "__main__":
    main()
