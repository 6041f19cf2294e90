"""Prints orders as they are placed, each as a line of JSON: order_created.py AMQP_URI [LAST_ORDER_ID]

Ends behind the order that is named, and fails where none comes for half a minute.
"""
import json
import sys

import pika

uri = sys.argv[1]
last = sys.argv[2] if len(sys.argv) > 2 else None

connection = pika.BlockingConnection(pika.URLParameters(uri))
channel = connection.channel()
channel.queue_declare(queue="order_created", durable=True)

for method, properties, body in channel.consume("order_created", inactivity_timeout=30):
    if method is None:
        sys.exit("No order came.")
    order = json.loads(body)
    print(json.dumps(order), flush=True)
    channel.basic_ack(method.delivery_tag)
    if order["order_id"] == last:
        break

connection.close()
