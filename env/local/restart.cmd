@"%~dp0run.cmd" Restart %*
