@"%~dp0run.cmd" DeadLetters %*
