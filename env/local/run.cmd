@echo off
rem run COMMAND ARGUMENT..: a class of src/main/java/emporion/local, from its source.
setlocal
set "arguments="
set "command=%~1"
:next
shift
if not "%~1"=="" (
  set "arguments=%arguments% %1"
  goto next
)
call "%~dp0java.cmd" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Demporion.root=%~dp0..\.." "%~dp0src\main\java\emporion\local\%command%.java" %arguments%
exit /b %errorlevel%
