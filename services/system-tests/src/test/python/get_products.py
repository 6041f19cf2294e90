"""Reads products over gRPC: get_products.py HOST:PORT PRODUCT_ID...

Needs product/v1/product_pb2.py on the PYTHONPATH:
protoc --proto_path=api-specs/proto --python_out=FOLDER product/v1/product.proto
"""
import json
import sys

import grpc
from product.v1 import product_pb2

target, *ids = sys.argv[1:]

with grpc.insecure_channel(target) as channel:
    get_products = channel.unary_unary(
        "/product.v1.ProductService/GetProducts",
        request_serializer=product_pb2.GetProductsRequest.SerializeToString,
        response_deserializer=product_pb2.GetProductsResponse.FromString,
    )
    try:
        found = get_products(product_pb2.GetProductsRequest(ids=ids), timeout=10)
        answer = {
            "code": "OK",
            "products": [
                {
                    "id": product.id,
                    "name": product.name,
                    "price": {"amount": product.price.amount, "currency": product.price.currency},
                    "available": product.available,
                }
                for product in found.products
            ],
        }
    except grpc.RpcError as error:
        answer = {"code": error.code().name, "detail": error.details()}

print(json.dumps(answer))
