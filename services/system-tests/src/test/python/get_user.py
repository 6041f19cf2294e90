"""Reads a user over gRPC: get_user.py HOST:PORT USER_ID, with an access token in TOKEN.

Needs user/v1/user_pb2.py on the PYTHONPATH:
protoc --proto_path=api-specs/proto --python_out=FOLDER user/v1/user.proto
"""
import json
import os
import sys

import grpc
from user.v1 import user_pb2

target, user_id = sys.argv[1:]
token = os.environ.get("TOKEN")
metadata = [("authorization", "Bearer " + token)] if token else []

with grpc.insecure_channel(target) as channel:
    get_user = channel.unary_unary(
        "/user.v1.UserService/GetUser",
        request_serializer=user_pb2.GetUserRequest.SerializeToString,
        response_deserializer=user_pb2.User.FromString,
    )
    try:
        user = get_user(user_pb2.GetUserRequest(id=user_id), metadata=metadata, timeout=10)
        answer = {
            "code": "OK",
            "user": {"id": user.id, "username": user.username, "email": user.email, "active": user.active},
        }
    except grpc.RpcError as error:
        answer = {"code": error.code().name, "detail": error.details()}

print(json.dumps(answer))
