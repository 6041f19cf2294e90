@echo off
rem The java of a JDK 25 or later: that of JAVA_HOME where it is new enough, else one on the path, else what lies where
rem JDKs are usually put.
setlocal
set "found="
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for %%r in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu"
  "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks" "%USERPROFILE%\.sdkman\candidates\java"
) do for /d %%h in ("%%~r\*") do call :try "%%~h"
if not defined found (
  echo No JDK 25 or later was found: neither in JAVA_HOME, nor as java on the path, nor where JDKs are usually put. 1>&2
  echo Install one beside the one that you have: winget install EclipseAdoptium.Temurin.25.JDK 1>&2
  exit /b 1
)
"%found%\bin\java.exe" %*
exit /b %errorlevel%

:try
if defined found exit /b 0
if not exist "%~1\release" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
set "version=0"
for /f "tokens=2 delims==." %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "version=%%v"
set "version=%version:"=%"
if %version% geq 25 set "found=%~1"
exit /b 0
