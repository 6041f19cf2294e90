@"%~dp0run.cmd" Ps %*
