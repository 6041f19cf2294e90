/**
 * Starts and stops the shop on one machine, wherever a JDK does: {@code env/local/up} and its like
 * are a few lines of sh, or of Windows' commands, that find a JDK 25 and run these classes from
 * their sources. They need nothing but a JDK.
 *
 * <p>What they promise, which {@code env/local/check} proves:
 *
 * <ul>
 *   <li>{@code up} builds what is missing or outdated, starts all that does not run, waits until
 *       each is ready, fills an empty catalogue, and says what to open. What already runs is left
 *       alone; where all runs it says so. What has died is started again, on the ports that the
 *       others know of it.
 *   <li>Without {@code --detach} it stays until Ctrl-C, which stops all and ends with 0, and says
 *       so when a process dies. Neither Ctrl-C nor the end of the terminal reaches what it has
 *       started, and it is stopped in order also where nobody listens any more.
 *   <li>Where something fails, or up is interrupted (130, 143), what this up has started is
 *       stopped, and nothing else. The end of the log of what died is shown.
 *   <li>{@code down} stops the gateway first and the broker last, kills what does not stop within
 *       {@code LOCAL_STOP_SECONDS}, children too, tells an up that is at work to end, and leaves no
 *       process, no port and all data.
 *   <li>One up or down at a time; the second is told which process is at work.
 *   <li>A taken port is named with its holder, before anything is started. That of the broker, of
 *       the database or of who watches gives way to the next free one, unless somebody runs who was
 *       told of it.
 *   <li>Passwords are made once, kept for their owner only, and stand in no command line and no
 *       log; each process is given those that it needs.
 *   <li>A start-up cache is made once for each jar that is worth it, while Maven still works; a
 *       broken one breaks nothing.
 *   <li>Several instances of a service ({@code --scale}) have names and ports of their own; who
 *       calls it is told of all. {@code restart --rolling} ends one when the one before is ready
 *       again.
 *   <li>What was chosen ({@code --database}, {@code --broker}, {@code --observe}, {@code --scale})
 *       stays chosen, nothing changes it while the shop runs, and going back finds the data that
 *       was left. A server that lives but does not answer is started again.
 *   <li>Logs stay below {@code LOCAL_LOG_MIB} each.
 *   <li>A path with blanks, a home elsewhere ({@code LOCAL_HOME}), other ports ({@code
 *       LOCAL_PORT_SHIFT}), links, root and other users: all the same.
 *   <li>An unknown argument ends with 2 and the usage, any other failure with 1.
 * </ul>
 */
package emporion.local;
