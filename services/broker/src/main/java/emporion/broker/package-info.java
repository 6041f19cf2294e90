/**
 * What the local default needs beside the services, in one small process: an AMQP 0-9-1 broker that
 * keeps what it confirmed whatever is killed, and a mailbox that takes every e-mail into a folder.
 * In production RabbitMQ and a real mail server stand in its place; clients can't tell, except
 * where this page says so.
 *
 * <h2>The broker</h2>
 *
 * <p>Apache Qpid Broker-J on a Derby database: a confirm is sent after the commit is on disk, so a
 * {@code kill -9} loses no confirmed persistent message and no durable queue. The port opens last,
 * when the queues are recovered. The virtual host is the default one, {@code
 * amqp://guest:guest@localhost:5672/} as well as {@code amqp://emporion:...@127.0.0.1:5672}. As
 * with RabbitMQ {@code guest} may enter from this machine alone; here that means: while the broker
 * is bound to loopback. Without a password set, {@code emporion} has the password {@code emporion},
 * on loopback only: bound beyond it the process refuses to start without one.
 *
 * <p>The queue {@code order_created} exists from the start. Nobody has to read it, so it keeps the
 * newest 50,000 messages and drops older ones; every other queue keeps all, in memory by some 900
 * bytes each, which with the heap of 128 MiB is room for about 100,000.
 *
 * <p>Of RabbitMQ's arguments it knows {@code x-message-ttl}, {@code x-max-length}, {@code
 * x-max-length-bytes}, {@code x-max-priority} up to 9, {@code x-single-active-consumer}, {@code
 * alternate-exchange} of an exchange that is there, the queue type {@code classic} and the overflow
 * {@code drop-head}; messages may have an {@code expiration}. What it can't do ends the channel
 * with 406, and no other: {@code x-dead-letter-exchange} and {@code -routing-key}, {@code
 * x-expires}, other types and overflows, a queue that was declared otherwise before.
 *
 * <p>Other than RabbitMQ: an unroutable mandatory message is nacked as well as returned; a message
 * that expires arrives with the time at which it does, in milliseconds since 1970; exchanges can't
 * be bound to exchanges, which ends the connection; there is no TLS, as nobody but this machine, or
 * the pods of a shop on trial, is to come here; a message has at most 8 MiB, a connection 255
 * channels, the broker 256 connections.
 *
 * <h2>The mailbox</h2>
 *
 * <p>SMTP without TLS and login that relays nothing: one {@code .eml} file for each accepted
 * message, byte for byte, synced before it is accepted, named by the time of arrival. The files are
 * the operator's: nothing here deletes them.
 *
 * <h2>Settings</h2>
 *
 * <table>
 *   <caption>By environment, or as a system property in lower case with dots</caption>
 *   <tr><th>Setting<th>Default<th>Meaning
 *   <tr><td>EMPORION_BROKER_EMBEDDED<td>true<td>false leaves the mailbox alone: RabbitMQ has the queues
 *   <tr><td>EMPORION_BROKER_HOST<td>127.0.0.1<td>address of broker and health
 *   <tr><td>EMPORION_BROKER_PORT<td>5672<td>AMQP
 *   <tr><td>EMPORION_BROKER_DATA<td>env/local/data/broker<td>the store; one process at a time
 *   <tr><td>EMPORION_BROKER_PASSWORD<td>emporion<td>of the user emporion; no default beyond loopback
 *   <tr><td>EMPORION_BROKER_GUEST<td>true<td>whether guest/guest may enter on loopback
 *   <tr><td>EMPORION_BROKER_UNREAD_MAX<td>50000<td>messages kept in order_created, 0 for all
 *   <tr><td>EMPORION_BROKER_HEALTH_PORT<td>9672<td>/health, /health/live, /health/ready, /health/started, /metrics,
 *       /loggers
 *   <tr><td>EMPORION_MAILBOX_HOST<td>127.0.0.1<td>address of the mailbox
 *   <tr><td>EMPORION_MAILBOX_PORT<td>1025<td>SMTP
 *   <tr><td>EMPORION_MAILBOX_DIR<td>env/local/data/mailbox<td>the folder of messages
 *   <tr><td>EMPORION_MAILBOX_MAX_BYTES<td>10485760<td>the largest message; a larger one gets 552
 *   <tr><td>EMPORION_MAILBOX_MAX_CONNECTIONS<td>64<td>at a time; more get 421
 *   <tr><td>EMPORION_LOG_LEVEL<td>INFO<td>of the process
 *   <tr><td>EMPORION_BROKER_LIBRARY_LOG_LEVEL<td>WARN<td>of Qpid, Derby, Helidon and the SMTP library
 * </table>
 *
 * <h2>Memory</h2>
 *
 * <p>With {@code -Xms24m -Xmx128m -Xmn16m -XX:SurvivorRatio=2 -XX:MinHeapFreeRatio=10
 * -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps -XX:MaxDirectMemorySize=128m
 * -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
 * -XX:+ExitOnOutOfMemoryError} and {@code MALLOC_ARENA_MAX=2} the process holds about 165 MB at 83
 * messages a second, and 200 MB with 50,000 unread ones. The heap is large only when queues are;
 * direct memory must have room for their headers, or Qpid stops without a word while it recovers.
 */
package emporion.broker;
