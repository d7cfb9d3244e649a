#include "xmpp-service/domain/data_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;

TEST(DataFormTest, ASubmissionKeepsWhatIsHiddenAndTheDefaults) {
  DataForm form;
  form.Set("FORM_TYPE", {"urn:example"}, FormFieldType::kHidden);
  form.Set("lamp", {"false"}, FormFieldType::kBoolean);
  form.Set("room", {"kitchen"}, FormFieldType::kListSingle);
  form.Set("", {"Choose."}, FormFieldType::kFixed);
  DataForm answer;
  answer.Set("lamp", {"true"});
  answer.Set("extra", {"1", "2"});

  const DataForm submission = SubmissionFor(form, answer);

  EXPECT_EQ(submission.type, DataFormType::kSubmit);
  ASSERT_EQ(submission.fields.size(), 4U);
  EXPECT_EQ(submission.Value("FORM_TYPE"), "urn:example");
  EXPECT_EQ(submission.Value("lamp"), "true");
  EXPECT_EQ(submission.Find("lamp")->type, FormFieldType::kBoolean) << "the form knows the type";
  EXPECT_EQ(submission.Value("room"), "kitchen");
  EXPECT_THAT(submission.Find("extra")->values, ElementsAre("1", "2"));
}

TEST(DataFormTest, AFormWithinTheLimitsIsTaken) {
  DataForm form;
  form.title = "Lämpchen";
  form.Set("text", {std::string(DataForm::kMaximumBytes - 100, 'x')});

  EXPECT_TRUE(CheckDataForm(form).ok());
}

TEST(DataFormTest, WhatIsTooMuchOrNoXmlIsRefused) {
  const auto reason = [](const DataForm& form) { return ReasonOf(CheckDataForm(form)); };
  DataForm long_text;
  long_text.Set("text", {std::string(DataForm::kMaximumBytes, 'x')});
  DataForm many_fields;
  for (size_t i = 0; i <= DataForm::kMaximumFields; ++i) many_fields.Set(std::to_string(i), {});
  DataForm many_values;
  many_values.Set("text", std::vector<std::string>(DataForm::kMaximumValues + 1));
  DataForm no_xml;
  no_xml.Set("text", {std::string("a\0b", 3)});
  DataForm no_xml_in_a_row;
  no_xml_in_a_row.rows.resize(1);
  no_xml_in_a_row.rows[0].fields.resize(1);
  no_xml_in_a_row.rows[0].fields[0].name = "\x01";
  DataForm nameless;
  nameless.Set("", {"x"});

  for (const DataForm& form :
       {long_text, many_fields, many_values, no_xml, no_xml_in_a_row, nameless}) {
    EXPECT_EQ(reason(form), "BAD_FORM");
  }
}

}  // namespace
}  // namespace chatwire::xmpp
