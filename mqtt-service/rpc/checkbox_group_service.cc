#include "mqtt-service/rpc/checkbox_group_service.h"

#include "common/rpc/authorize.h"
#include "mqtt-service/rpc/answer.h"

namespace chatwire::mqtt {
namespace {

constexpr char kReadScope[] = "checkbox.read";
constexpr char kSetScope[] = "checkbox.set";
constexpr char kAdminScope[] = "checkbox.admin";

}  // namespace

grpc::ServerUnaryReactor* CheckboxGroupService::SetCheckboxes(
    grpc::CallbackServerContext* context, const v1::SetCheckboxesRequest* request,
    v1::SetCheckboxesResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kSetScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response,
                [this, request, label = caller->label] { return bulk_set_.Set(*request, label); });
}

grpc::ServerUnaryReactor* CheckboxGroupService::ExportCheckboxes(
    grpc::CallbackServerContext* context, const v1::ExportCheckboxesRequest* request,
    v1::ExportCheckboxesResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kReadScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request] { return transfer_.Export(*request); });
}

grpc::ServerUnaryReactor* CheckboxGroupService::ImportCheckboxes(
    grpc::CallbackServerContext* context, const v1::ImportCheckboxesRequest* request,
    v1::ImportCheckboxesResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kAdminScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request, label = caller->label] {
    return transfer_.Import(*request, label);
  });
}

}  // namespace chatwire::mqtt
