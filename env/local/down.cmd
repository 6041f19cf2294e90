@"%~dp0run.cmd" Down %*
