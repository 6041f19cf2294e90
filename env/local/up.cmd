@"%~dp0run.cmd" Up %*
