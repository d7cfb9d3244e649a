#include "cli/rpc/listing.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "cli/format/json_text.h"
#include "cli/page_progress.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/outcome.h"
#include "cli/rpc/request_field.h"
#include "cli/rpc/unary.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int64_t kPageSize = 500;

bool NewestFirst(const Message& request) {
  return MessageJson(request).value("order", "") != "oldest_first";
}

bool IsFile(int fd) {
  struct stat info = {};
  return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

}  // namespace

Listing::Listing(const RpcCommand& spec, const google::protobuf::MethodDescriptor* method,
                 int64_t limit)
    : spec_(spec),
      method_(method),
      limit_(limit),
      document_(!FieldAt(method->output_type(), spec.list)->is_repeated()) {}

bool Listing::Pages(const google::protobuf::MethodDescriptor* method) {
  return method->input_type()->FindFieldByName("page_token") != nullptr;
}

absl::Status Listing::Run(Session& session, CallOptions options, Message& request) {
  Output& output = session.output;
  turned_ = spec_.newest_last && NewestFirst(request);
  // What is printed meanwhile comes onto the same screen, also through a pipe, and would be mixed
  // with the bar.
  const bool quiet = Streams(output) && !IsFile(output.out());
  PageProgress progress(quiet ? -1 : session.streams.error, Unit());
  while (true) {
    if (Pages(method_)) FillPageSize(request);
    const auto response = NewMessage(method_->output_type());
    absl::Status called = CallUnary(session, method_, options, request, *response);
    if (!called.ok()) return called;
    const Json answer = MessageJson(*response);
    Take(answer, output);
    const std::string next = Pages(method_) ? answer.value("next_page_token", "") : "";
    const bool last = next.empty() || (limit_ > 0 && fetched_ >= limit_);
    if (last) progress.End();
    if (!turned_) Print(output, last);
    if (last || output.closed()) return Finish(output, *response, answer);
    absl::Status shown = progress.More(fetched_, TotalOf(answer), options);
    if (!shown.ok()) return shown;
    absl::Status filled = SetField(request, "page_token", {next}, "page token");
    if (!filled.ok()) return filled;
  }
}

absl::Status Listing::Finish(Output& output, const Message& response, const Json& answer) {
  if (answer.value("truncated", false)) output.Notice("there is more than the service tells");
  if (turned_) {
    std::reverse(rows_.begin(), rows_.end());
    Print(output, true);
  }
  return OutcomeOf(response);
}

/// Whether rows are printed before all of them have come: a table needs all for its columns, and a
/// history has to be turned round first.
bool Listing::Streams(const Output& output) const {
  return document_ || (output.json() && !turned_);
}

std::string Listing::Unit() const {
  return document_ ? Tr("lines") : Tr(absl::StrReplaceAll(spec_.list, {{"_", " "}}));
}

int64_t Listing::TotalOf(const Json& answer) const {
  const auto total = answer.value("total_count", int64_t{0});
  if (limit_ == 0 || total == 0) return std::max(limit_, total);
  return std::min(limit_, total);
}

void Listing::FillPageSize(Message& request) const {
  const int64_t size = limit_ > 0 ? std::min(limit_ - fetched_, kPageSize) : kPageSize;
  request.GetReflection()->SetInt32(&request, request.GetDescriptor()->FindFieldByName("page_size"),
                                    static_cast<int32_t>(size));
}

void Listing::Take(const Json& answer, Output& output) {
  const Json found = ValueAt(answer, spec_.list);
  if (found.is_string()) {
    const auto text = found.get<std::string>();
    fetched_ += std::count(text.begin(), text.end(), '\n');
    return output.Raw(text);
  }
  for (const Json& row : found.is_array() ? found : Json::array()) {
    // A list of plain texts has no fields: the JSON of one is an object all the same.
    rows_.push_back(row.is_object() ? row : Json{{spec_.columns.front().field, row}});
    if (++fetched_ == limit_) return;
  }
}

/// JSON at once, and the table when it is complete.
void Listing::Print(Output& output, bool complete) {
  if (output.json()) {
    for (const Json& row : rows_) output.Object(row);
    return rows_.clear();
  }
  if (!complete) return;
  Table table;
  for (const Column& column : spec_.columns) table.heading.push_back(column.heading);
  for (const Json& row : rows_) {
    std::vector<std::string> cells;
    for (const Column& column : spec_.columns) cells.push_back(CellText(row, column.field));
    table.rows.push_back(std::move(cells));
  }
  output.PrintTable(table);
}

}  // namespace chatwire::cli
