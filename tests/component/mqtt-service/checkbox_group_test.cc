// Names, labels and many checkboxes at once, through the API.
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CheckboxGroupTest : public ServiceFixture {
 protected:
  static std::string Reason(const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); }

  /// A virtual checkbox with @p labels and Portuguese @p aliases.
  grpc::Status CreateCalled(const std::string& name, const std::vector<std::string>& labels,
                            const std::vector<std::string>& aliases = {}) {
    v1::CreateCheckboxRequest request;
    request.set_name(name);
    request.set_virtual_device(true);
    request.mutable_labels()->Assign(labels.begin(), labels.end());
    for (const std::string& text : aliases) {
      v1::Alias& alias = *request.add_aliases();
      alias.set_language("pt");
      alias.set_text(text);
    }
    request.set_request_id(RandomRequestId());
    v1::CreateCheckboxResponse response;
    return checkboxes_->CreateCheckbox(MakeContext(token_).get(), request, &response);
  }

  grpc::Status Update(v1::UpdateCheckboxRequest request, const std::vector<std::string>& paths) {
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    if (request.request_id().empty()) request.set_request_id(RandomRequestId());
    v1::UpdateCheckboxResponse response;
    return checkboxes_->UpdateCheckbox(MakeContext(token_).get(), request, &response);
  }

  grpc::Status SetMany(v1::SetCheckboxesRequest request, v1::SetCheckboxesResponse* response) {
    if (request.request_id().empty()) request.set_request_id(RandomRequestId());
    return groups_->SetCheckboxes(MakeContext(token_).get(), request, response);
  }

  v1::ImportCheckboxesResponse Import(const std::string& document, bool dry_run = false,
                                      const std::string& id = RandomRequestId()) {
    v1::ImportCheckboxesRequest request;
    request.set_document(document);
    request.set_dry_run(dry_run);
    request.set_request_id(id);
    v1::ImportCheckboxesResponse response;
    const grpc::Status status =
        groups_->ImportCheckboxes(MakeContext(token_).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  static std::vector<v1::ImportOutcome> Outcomes(const v1::ImportCheckboxesResponse& response) {
    std::vector<v1::ImportOutcome> outcomes;
    for (const auto& result : response.results()) outcomes.push_back(result.outcome());
    return outcomes;
  }

  /// All pages, of two lines each.
  std::string Export() {
    std::string document;
    v1::ExportCheckboxesRequest request;
    request.set_page_size(2);
    do {
      v1::ExportCheckboxesResponse response;
      const grpc::Status status =
          groups_->ExportCheckboxes(MakeContext(token_).get(), request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      document += response.document();
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return document;
  }
};

TEST_F(CheckboxGroupTest, AliasesAndLabelsAreKeptAndChanged) {
  StartService();
  ASSERT_TRUE(CreateCalled("lamp", {"kitchen"}, {"candeeiro"}).ok());
  EXPECT_EQ(Reason(CreateCalled("fan", {}, {"Candeeiro"})), "WORD_TAKEN");
  EXPECT_EQ(Reason(CreateCalled("fan", {}, {"a, b"})), "BAD_ALIAS");
  EXPECT_EQ(Reason(CreateCalled("fan", {""})), "BAD_LABEL");
  StopService();
  StartService();
  const v1::Checkbox lamp = Get("lamp");
  ASSERT_EQ(lamp.aliases_size(), 1);
  EXPECT_EQ(lamp.aliases(0).language(), "pt");
  EXPECT_EQ(lamp.aliases(0).text(), "candeeiro");
  EXPECT_THAT(lamp.labels(), ElementsAre("kitchen"));

  v1::UpdateCheckboxRequest request;
  request.mutable_checkbox()->set_name("lamp");
  request.mutable_checkbox()->set_title("Lamp");
  request.mutable_checkbox()->add_labels("hall");
  request.set_request_id(RandomRequestId());
  ASSERT_TRUE(Update(request, {"labels"}).ok());
  EXPECT_EQ(Get("lamp").title(), "");
  EXPECT_EQ(Get("lamp").aliases_size(), 1);
  EXPECT_THAT(Get("lamp").labels(), ElementsAre("hall"));
  // The same call again changes nothing, and another with its id is refused.
  ASSERT_TRUE(Update(request, {"labels"}).ok());
  EXPECT_EQ(Reason(Update(request, {"title"})), "REQUEST_ID_REUSED");
  request.clear_request_id();
  EXPECT_EQ(Reason(Update(request, {})), "BAD_UPDATE_MASK");
  EXPECT_EQ(Reason(Update(request, {"title", "version"})), "BAD_UPDATE_MASK");
  request.mutable_checkbox()->set_name("lmap");
  EXPECT_EQ(Reason(Update(request, {"title"})), "CHECKBOX_NOT_FOUND");
}

TEST_F(CheckboxGroupTest, AListCanBeThatOfALabel) {
  StartService();
  for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(CreateCalled(name, {"Küche"}).ok());
  ASSERT_TRUE(CreateCalled("d", {"hall"}).ok());
  v1::ListCheckboxesRequest request;
  request.set_label("kuche");
  request.set_page_size(2);
  v1::ListCheckboxesResponse first;
  ASSERT_TRUE(checkboxes_->ListCheckboxes(MakeContext(token_).get(), request, &first).ok());
  ASSERT_EQ(first.checkboxes_size(), 2);
  request.set_page_token(first.next_page_token());
  v1::ListCheckboxesResponse second;
  ASSERT_TRUE(checkboxes_->ListCheckboxes(MakeContext(token_).get(), request, &second).ok());
  ASSERT_EQ(second.checkboxes_size(), 1);
  EXPECT_EQ(second.checkboxes(0).name(), "c");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(CheckboxGroupTest, EachOfManyWishesHasAResultOfItsOwn) {
  StartService();
  ASSERT_TRUE(CreateCalled("a", {}).ok());
  ASSERT_TRUE(CreateCalled("b", {}).ok());
  v1::SetCheckboxesRequest request;
  request.set_request_id(RandomRequestId());
  const auto wish = [&](const std::string& name, v1::CheckboxAction action, int64_t version = 0) {
    v1::CheckboxWish& added = *request.add_wishes();
    added.set_name(name);
    added.set_action(action);
    added.set_expected_version(version);
  };
  wish("a", v1::CHECKBOX_ACTION_TOGGLE);
  wish("nobody", v1::CHECKBOX_ACTION_ON);
  wish("b", v1::CHECKBOX_ACTION_ON, 7);
  wish("b", v1::CHECKBOX_ACTION_UNSPECIFIED);
  wish("B!", v1::CHECKBOX_ACTION_ON);
  wish("b", v1::CHECKBOX_ACTION_ON);
  v1::SetCheckboxesResponse response;
  ASSERT_TRUE(SetMany(request, &response).ok());
  std::vector<std::string> reasons;
  for (const auto& result : response.results()) reasons.push_back(result.error_reason());
  EXPECT_THAT(reasons, ElementsAre("", "CHECKBOX_NOT_FOUND", "VERSION_MISMATCH", "BAD_ACTION",
                                   "BAD_NAME", ""));
  EXPECT_EQ(response.results(0).checkbox().reported(), v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(response.results(2).current_version(), 0);
  EXPECT_EQ(Get("b").version(), 1);
  // Again: nothing is toggled twice.
  v1::SetCheckboxesResponse again;
  ASSERT_TRUE(SetMany(request, &again).ok());
  EXPECT_TRUE(again.replayed());
  EXPECT_EQ(Get("a").version(), 1);
}

TEST_F(CheckboxGroupTest, AllWithALabelAreSetAtOnce) {
  StartService();
  ASSERT_TRUE(CreateCalled("a", {"kitchen"}).ok());
  ASSERT_TRUE(CreateCalled("b", {"Kitchen"}).ok());
  ASSERT_TRUE(CreateCalled("c", {}).ok());
  v1::SetCheckboxesRequest request;
  request.set_label("kitchen");
  request.set_action(v1::CHECKBOX_ACTION_ON);
  v1::SetCheckboxesResponse response;
  ASSERT_TRUE(SetMany(request, &response).ok());
  EXPECT_EQ(response.results_size(), 2);
  EXPECT_EQ(Get("b").reported(), v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(Get("c").reported(), v1::CHECKBOX_STATE_UNSPECIFIED);

  request.set_label("kitchn");
  const grpc::Status unknown = SetMany(request, &response);
  EXPECT_EQ(Reason(unknown), "LABEL_NOT_FOUND");
  EXPECT_EQ(MetadataOf(FromGrpcStatus(unknown)).at("nearest"), "Kitchen,kitchen");
  request.clear_action();
  EXPECT_EQ(Reason(SetMany(request, &response)), "BAD_ACTION");
  request.clear_label();
  EXPECT_EQ(Reason(SetMany(request, &response)), "BAD_WISHES");
}

TEST_F(CheckboxGroupTest, WhatIsExportedIsImportedElsewhere) {
  StartService();
  ASSERT_TRUE(CreateCalled("lamp", {"kitchen"}, {"candeeiro", "luz"}).ok());
  ASSERT_TRUE(Create("fan").ok());
  ASSERT_TRUE(Create("heater").ok());
  const std::string document = Export();
  EXPECT_THAT(document, HasSubstr("{\"name\":\"fan\"}\n{\"name\":\"heater\"}\n"));
  EXPECT_THAT(Outcomes(Import(document)), ::testing::Each(v1::IMPORT_OUTCOME_UNCHANGED));
  StopService();
  config_.state_dir = folder_.Path("elsewhere");
  StartService();
  const auto dry = Import(document, /*dry_run=*/true);
  EXPECT_THAT(Outcomes(dry), ::testing::Each(v1::IMPORT_OUTCOME_CREATED));
  EXPECT_FALSE(dry.applied());
  EXPECT_EQ(Export(), "");
  const std::string id = RandomRequestId();
  EXPECT_TRUE(Import(document, false, id).applied());
  EXPECT_EQ(Export(), document);
  const auto again = Import(document, false, id);
  EXPECT_TRUE(again.replayed());
  EXPECT_THAT(Outcomes(again), ::testing::Each(v1::IMPORT_OUTCOME_UNCHANGED));
}

TEST_F(CheckboxGroupTest, OneWrongLineLeavesEverythingAsItWas) {
  StartService();
  ASSERT_TRUE(CreateCalled("lamp", {}, {"candeeiro"}).ok());
  const std::string before = Export();
  const auto response = Import(R"({"name":"lamp","virtual":true,"title":"Lamp"}
{"name":"fan","aliases":["Candeeiro"]}
{"name":"bad name"}
{"name":"lamp","virtual":true}
oops
{"name":"heater"})");
  EXPECT_FALSE(response.applied());
  // Line 1 gives the word away that line 2 takes.
  std::vector<std::string> told;
  for (const auto& result : response.results()) {
    told.push_back(std::to_string(result.line()) + result.error_reason());
  }
  EXPECT_THAT(told, ElementsAre("1", "2", "3BAD_NAME", "4DUPLICATE_LINE", "5BAD_LINE", "6"));
  EXPECT_EQ(response.results(0).outcome(), v1::IMPORT_OUTCOME_UPDATED);
  EXPECT_EQ(Export(), before);
  const auto taken = Import(R"({"name":"fan","aliases":["Candeeiro"]})");
  EXPECT_EQ(taken.results(0).error_reason(), "WORD_TAKEN");
  const auto fixed = Import(R"({"name":"lamp"})");
  EXPECT_EQ(fixed.results(0).error_reason(), "VIRTUAL_FIXED");
}

}  // namespace
}  // namespace chatwire::mqtt
