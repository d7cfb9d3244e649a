"""Calls any RPC of a Chatwire service without generated code, through gRPC server reflection.

Needs grpcio and protobuf only. With the package grpcio-reflection, its ProtoReflectionDescriptorDatabase
takes the place of the class ReflectionDatabase below.
"""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

METHOD = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"


def _reflection_messages():
    """The messages of the reflection protocol that are needed here."""
    file = descriptor_pb2.FileDescriptorProto(
        name="reflection_subset.proto", package="grpc.reflection.v1alpha", syntax="proto3")
    field = descriptor_pb2.FieldDescriptorProto

    def add(message, *fields):
        declared = file.message_type.add(name=message)
        for name, number, kind, label, type_name in fields:
            declared.field.add(name=name, number=number, type=kind, label=label, type_name=type_name)

    one, many = field.LABEL_OPTIONAL, field.LABEL_REPEATED
    add("ServerReflectionRequest",
        ("file_by_filename", 3, field.TYPE_STRING, one, None),
        ("file_containing_symbol", 4, field.TYPE_STRING, one, None),
        ("list_services", 7, field.TYPE_STRING, one, None))
    add("FileDescriptorResponse", ("file_descriptor_proto", 1, field.TYPE_BYTES, many, None))
    add("ServiceResponse", ("name", 1, field.TYPE_STRING, one, None))
    add("ListServiceResponse",
        ("service", 1, field.TYPE_MESSAGE, many, ".grpc.reflection.v1alpha.ServiceResponse"))
    add("ServerReflectionResponse",
        ("file_descriptor_response", 4, field.TYPE_MESSAGE, one,
         ".grpc.reflection.v1alpha.FileDescriptorResponse"),
        ("list_services_response", 6, field.TYPE_MESSAGE, one,
         ".grpc.reflection.v1alpha.ListServiceResponse"))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return [message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(
        "grpc.reflection.v1alpha." + name))
        for name in ("ServerReflectionRequest", "ServerReflectionResponse")]


class ReflectionDatabase:
    """A descriptor database that asks the server for the files it lacks."""

    def __init__(self, channel):
        self._request, response = _reflection_messages()
        self._call = channel.stream_stream(
            METHOD, request_serializer=self._request.SerializeToString,
            response_deserializer=response.FromString)

    def _ask(self, **query):
        return next(self._call(iter([self._request(**query)])))

    def services(self):
        """The names of all services there."""
        return [service.name for service in self._ask(list_services="*").list_services_response.service]

    def _fetch(self, **query):
        answer = self._ask(**query)
        files = answer.file_descriptor_response.file_descriptor_proto
        if not files:
            raise KeyError(next(iter(query.values())))
        return descriptor_pb2.FileDescriptorProto.FromString(files[0])

    def FindFileByName(self, name):
        return self._fetch(file_by_filename=name)

    def FindFileContainingSymbol(self, symbol):
        return self._fetch(file_containing_symbol=symbol)


class Service:
    """One gRPC service. `service.call("SendMessage", to=..., body=...)` returns the response,
    `service.stream("WatchEvents", ...)` an iterator of responses. `methods` describes them all by name."""

    def __init__(self, channel, name, token):
        self._channel, self._name = channel, name
        self._metadata = [("authorization", "Bearer " + token)] if token else []
        pool = descriptor_pool.DescriptorPool(ReflectionDatabase(channel))
        self.methods = pool.FindServiceByName(name).methods_by_name
        self._factory = message_factory.MessageFactory(pool)

    def _prepare(self, method, kind):
        described = self.methods[method]
        request = self._factory.GetPrototype(described.input_type)
        response = self._factory.GetPrototype(described.output_type)
        call = kind(f"/{self._name}/{method}", request_serializer=request.SerializeToString,
                    response_deserializer=response.FromString)
        return call, request

    def call(self, method, timeout=10, **fields):
        call, request = self._prepare(method, self._channel.unary_unary)
        return call(request(**fields), metadata=self._metadata, timeout=timeout)

    def stream(self, method, timeout=None, **fields):
        call, request = self._prepare(method, self._channel.unary_stream)
        return call(request(**fields), metadata=self._metadata, timeout=timeout)

    def exchange(self, method, requests, timeout=None):
        """For methods that take a stream: `requests` are dictionaries of fields."""
        call, request = self._prepare(method, self._channel.stream_stream)
        return call((request(**fields) for fields in requests), metadata=self._metadata, timeout=timeout)
