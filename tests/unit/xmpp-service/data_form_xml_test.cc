#include "xmpp-service/session/data_form_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QDomDocument>
#include <QXmlStreamWriter>

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;

std::optional<DataForm> Parse(const QByteArray& xml) {
  QDomDocument document;
  EXPECT_TRUE(
      document.setContent("<p>" + xml + "</p>", QDomDocument::ParseOption::UseNamespaceProcessing));
  return FindDataForm(document.documentElement());
}

QByteArray Write(const DataForm& form) {
  QByteArray xml;
  QXmlStreamWriter writer(&xml);
  WriteDataForm(writer, form);
  return xml;
}

// XEP-0004, example 2, shortened.
constexpr char kBotForm[] =
    "<x xmlns='jabber:x:data' type='form'>"
    "<title>Bot Configuration</title>"
    "<instructions>Fill out this form to configure your new bot!</instructions>"
    "<field type='hidden' var='FORM_TYPE'><value>jabber:bot</value></field>"
    "<field type='fixed'><value>Section 1: Bot Info</value></field>"
    "<field type='text-single' label='The name of your bot' var='botname'/>"
    "<field type='boolean' label='Public bot?' var='public'><required/></field>"
    "<field type='boolean' var='old'><value>1</value></field>"
    "<field type='list-multi' label='What features will the bot support?' var='features'>"
    "<option label='Contests'><value>contests</value></option>"
    "<option label='News'><value>news</value></option>"
    "<value>news</value><value>contests</value></field>"
    "<field type='text-single' var='evt.date' label='Event Date/Time'>"
    "<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:integer'>"
    "<range min='1' max='9'/></validate></field>"
    "</x>";

TEST(DataFormXmlTest, EveryPartOfAFormIsRead) {
  const auto form = Parse(kBotForm);

  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->type, DataFormType::kForm);
  EXPECT_EQ(form->title, "Bot Configuration");
  EXPECT_THAT(form->instructions, ElementsAre("Fill out this form to configure your new bot!"));
  ASSERT_EQ(form->fields.size(), 7U);
  EXPECT_EQ(form->Value("FORM_TYPE"), "jabber:bot");
  EXPECT_EQ(form->fields[1].type, FormFieldType::kFixed);
  EXPECT_EQ(form->Find("botname")->label, "The name of your bot");
  EXPECT_EQ(form->Find("public")->type, FormFieldType::kBoolean);
  EXPECT_TRUE(form->Find("public")->required);
  EXPECT_EQ(form->Value("old"), "true") << "both ways to write yes are one";
  const FormField* features = form->Find("features");
  ASSERT_EQ(features->options.size(), 2U);
  EXPECT_EQ(features->options[1].value, "news");
  EXPECT_EQ(features->options[1].label, "News");
  EXPECT_THAT(features->values, ElementsAre("news", "contests"));
  ASSERT_TRUE(form->Find("evt.date")->validation.has_value());
  EXPECT_EQ(form->Find("evt.date")->validation->maximum, "9");
  EXPECT_FALSE(form->truncated);
}

TEST(DataFormXmlTest, WhatIsWrittenIsReadAgain) {
  const auto form = Parse(kBotForm);

  const auto again = Parse(Write(*form));

  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(Write(*again), Write(*form));
  EXPECT_EQ(again->fields.size(), form->fields.size());
  EXPECT_EQ(again->Find("evt.date")->validation->datatype, "xs:integer");
  EXPECT_THAT(Write(*form).toStdString(), ::testing::HasSubstr("<value>1</value>"));
}

TEST(DataFormXmlTest, ATableOfResultsIsRead) {
  const auto form = Parse(
      "<x xmlns='jabber:x:data' type='result'>"
      "<reported><field var='name' label='Name'/><field var='url' label='URL'/></reported>"
      "<item><field var='name'><value>a</value></field><field var='url'><value>b</value></field>"
      "</item><item><field var='name'><value>c</value></field></item></x>");

  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->type, DataFormType::kResult);
  ASSERT_EQ(form->columns.size(), 2U);
  EXPECT_EQ(form->columns[1].label, "URL");
  ASSERT_EQ(form->rows.size(), 2U);
  EXPECT_THAT(form->rows[0].fields[1].values, ElementsAre("b"));
  EXPECT_TRUE(form->fields.empty());
}

TEST(DataFormXmlTest, ThePictureOfACaptchaComesWithItsField) {
  const auto form = Parse(
      "<x xmlns='jabber:x:data' type='form'><field type='text-single' var='ocr'>"
      "<media xmlns='urn:xmpp:media-element'>"
      "<uri type='image/png'>cid:sha1+abc@bob.xmpp.org</uri>"
      "<uri type='image/png'>https://example.org/captcha</uri></media></field></x>"
      "<data xmlns='urn:xmpp:bob' cid='other' type='image/png'>eHh4</data>"
      "<data xmlns='urn:xmpp:bob' cid='sha1+abc@bob.xmpp.org' type='image/png'>UE5H</data>");

  ASSERT_TRUE(form.has_value());
  ASSERT_EQ(form->fields[0].media.size(), 2U);
  EXPECT_EQ(form->fields[0].media[0].content, "PNG");
  EXPECT_EQ(form->fields[0].media[1].uri, "https://example.org/captcha");
  EXPECT_EQ(form->fields[0].media[1].content, "");
}

TEST(DataFormXmlTest, WhatGoesBeyondTheLimitsIsLeftOutAndSaidSo) {
  QByteArray fields;
  for (size_t i = 0; i < DataForm::kMaximumFields + 50; ++i) fields += "<field var='f'/>";
  const auto many = Parse("<x xmlns='jabber:x:data' type='form'>" + fields + "</x>");
  const auto large = Parse("<x xmlns='jabber:x:data' type='form'><field var='a'><value>" +
                           QByteArray(static_cast<int>(DataForm::kMaximumBytes), 'x') +
                           "</value></field><field var='b'/></x>");

  EXPECT_EQ(many->fields.size(), DataForm::kMaximumFields);
  EXPECT_TRUE(many->truncated);
  EXPECT_EQ(large->Value("a"), "");
  EXPECT_TRUE(large->truncated);
  EXPECT_NE(large->Find("b"), nullptr) << "what fits is kept";
}

TEST(DataFormXmlTest, AnotherNamespaceIsNoForm) {
  EXPECT_FALSE(Parse("<x xmlns='jabber:x:oob'/>").has_value());
  EXPECT_TRUE(Parse("<x xmlns='jabber:x:oob'/><x xmlns='jabber:x:data'/>").has_value());
}

}  // namespace
}  // namespace chatwire::xmpp
