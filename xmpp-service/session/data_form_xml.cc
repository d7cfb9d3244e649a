#include "xmpp-service/session/data_form_xml.h"

#include <QDomElement>
#include <QXmlStreamWriter>
#include <algorithm>
#include <array>
#include <utility>

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kValidate("http://jabber.org/protocol/xdata-validate");
constexpr QLatin1StringView kMedia("urn:xmpp:media-element");
constexpr QLatin1StringView kBits("urn:xmpp:bob");

template <typename Value>
struct Named {
  QLatin1StringView name;
  Value value;
};

constexpr std::array<Named<DataFormType>, 4> kFormTypes{{
    {QLatin1StringView("form"), DataFormType::kForm},
    {QLatin1StringView("submit"), DataFormType::kSubmit},
    {QLatin1StringView("cancel"), DataFormType::kCancel},
    {QLatin1StringView("result"), DataFormType::kResult},
}};

constexpr std::array<Named<FormFieldType>, 10> kFieldTypes{{
    {QLatin1StringView("boolean"), FormFieldType::kBoolean},
    {QLatin1StringView("fixed"), FormFieldType::kFixed},
    {QLatin1StringView("hidden"), FormFieldType::kHidden},
    {QLatin1StringView("jid-multi"), FormFieldType::kJidMulti},
    {QLatin1StringView("jid-single"), FormFieldType::kJidSingle},
    {QLatin1StringView("list-multi"), FormFieldType::kListMulti},
    {QLatin1StringView("list-single"), FormFieldType::kListSingle},
    {QLatin1StringView("text-multi"), FormFieldType::kTextMulti},
    {QLatin1StringView("text-private"), FormFieldType::kTextPrivate},
    {QLatin1StringView("text-single"), FormFieldType::kTextSingle},
}};

template <typename Table, typename Value>
Value ValueOf(const Table& table, const QString& name, Value otherwise) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.name == name; });
  return found == table.end() ? otherwise : found->value;
}

template <typename Table, typename Value>
QLatin1StringView NameOf(const Table& table, Value value) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.value == value; });
  return found == table.end() ? QLatin1StringView() : found->name;
}

QDomElement Next(const QDomElement& element, const QString& name) {
  QDomElement next = element.nextSiblingElement(name);
  while (!next.isNull() && next.namespaceURI() != element.namespaceURI()) {
    next = next.nextSiblingElement(name);
  }
  return next;
}

QDomElement First(const QDomElement& parent, const QString& name, QLatin1StringView xmlns) {
  QDomElement child = parent.firstChildElement(name);
  while (!child.isNull() && child.namespaceURI() != xmlns) child = child.nextSiblingElement(name);
  return child;
}

/// Reads one form within the limits.
class FormReader {
 public:
  explicit FormReader(const QDomElement& parent) : parent_(parent) {}

  DataForm Read(const QDomElement& x) {
    form_.type = ValueOf(kFormTypes, x.attribute(QStringLiteral("type")), DataFormType::kForm);
    form_.title = TextOf(First(x, QStringLiteral("title"), kDataFormNamespace));
    ForEach(x, "instructions", DataForm::kMaximumFields,
            [this](const QDomElement& text) { form_.instructions.push_back(TextOf(text)); });
    form_.fields = Fields(x);
    form_.columns = Fields(First(x, QStringLiteral("reported"), kDataFormNamespace));
    ForEach(x, "item", DataForm::kMaximumFields,
            [this](const QDomElement& item) { form_.rows.push_back({Fields(item)}); });
    return std::move(form_);
  }

 private:
  /// "" and a mark when there is no room for it.
  std::string Bounded(const QString& text) {
    std::string bytes = text.toStdString();
    if (bytes.size() > left_) {
      form_.truncated = true;
      return {};
    }
    left_ -= bytes.size();
    return bytes;
  }

  std::string TextOf(const QDomElement& element) { return Bounded(element.text()); }
  std::string Attribute(const QDomElement& element, const char* name) {
    return Bounded(element.attribute(QLatin1StringView(name)));
  }

  template <typename Function>
  void ForEach(const QDomElement& parent, const char* name, size_t maximum, Function function) {
    const QString tag = QLatin1StringView(name);
    size_t count = 0;
    for (auto child = First(parent, tag, kDataFormNamespace); !child.isNull();
         child = Next(child, tag)) {
      if (++count > maximum || left_ == 0) {
        form_.truncated = true;
        return;
      }
      function(child);
    }
  }

  std::vector<FormField> Fields(const QDomElement& parent) {
    std::vector<FormField> fields;
    ForEach(parent, "field", DataForm::kMaximumFields,
            [&](const QDomElement& field) { fields.push_back(Field(field)); });
    return fields;
  }

  FormField Field(const QDomElement& element) {
    FormField field;
    field.name = Attribute(element, "var");
    field.type = ValueOf(kFieldTypes, element.attribute(QStringLiteral("type")),
                         FormFieldType::kUnspecified);
    field.label = Attribute(element, "label");
    field.description = TextOf(First(element, QStringLiteral("desc"), kDataFormNamespace));
    field.required = !First(element, QStringLiteral("required"), kDataFormNamespace).isNull();
    const bool boolean = field.type == FormFieldType::kBoolean;
    ForEach(element, "value", DataForm::kMaximumValues, [&](const QDomElement& value) {
      std::string text = TextOf(value);
      if (boolean) text = IsTrue(text) ? "true" : "false";
      field.values.push_back(std::move(text));
    });
    ForEach(element, "option", DataForm::kMaximumValues, [&](const QDomElement& option) {
      field.options.push_back({TextOf(First(option, QStringLiteral("value"), kDataFormNamespace)),
                               Attribute(option, "label")});
    });
    field.validation = Validation(First(element, QStringLiteral("validate"), kValidate));
    field.media = Media(First(element, QStringLiteral("media"), kMedia));
    return field;
  }

  std::optional<FormValidation> Validation(const QDomElement& element) {
    if (element.isNull()) return std::nullopt;
    FormValidation validation;
    validation.datatype = Attribute(element, "datatype");
    const QDomElement range = First(element, QStringLiteral("range"), kValidate);
    validation.minimum = Attribute(range, "min");
    validation.maximum = Attribute(range, "max");
    validation.regex = TextOf(First(element, QStringLiteral("regex"), kValidate));
    validation.open = !First(element, QStringLiteral("open"), kValidate).isNull();
    return validation;
  }

  std::vector<FormMedia> Media(const QDomElement& element) {
    constexpr size_t kMaximumMedia = 10;
    std::vector<FormMedia> media;
    for (auto uri = First(element, QStringLiteral("uri"), kMedia);
         !uri.isNull() && media.size() < kMaximumMedia; uri = Next(uri, QStringLiteral("uri"))) {
      FormMedia one{Attribute(uri, "type"), Bounded(uri.text().trimmed()), {}};
      one.content = ContentOf(one.uri);
      media.push_back(std::move(one));
    }
    return media;
  }

  /// The data that came beside the form. One picture is what a CAPTCHA has; more would be a way to
  /// make a small stanza a large event.
  std::string ContentOf(const std::string& uri) {
    const QString text = QString::fromStdString(uri);
    if (!text.startsWith(QLatin1StringView("cid:")) || content_taken_) return {};
    for (auto data = First(parent_, QStringLiteral("data"), kBits); !data.isNull();
         data = Next(data, QStringLiteral("data"))) {
      if (data.attribute(QStringLiteral("cid")) != text.mid(4)) continue;
      const QByteArray bytes = QByteArray::fromBase64(data.text().toLatin1());
      if (static_cast<size_t>(bytes.size()) > DataForm::kMaximumMediaBytes) break;
      content_taken_ = true;
      return bytes.toStdString();
    }
    return {};
  }

  const QDomElement& parent_;
  DataForm form_;
  size_t left_ = DataForm::kMaximumBytes;
  bool content_taken_ = false;
};

void WriteText(QXmlStreamWriter& writer, const char* name, const std::string& text) {
  if (!text.empty()) {
    writer.writeTextElement(QLatin1StringView(name), QString::fromStdString(text));
  }
}

void WriteAttribute(QXmlStreamWriter& writer, const char* name, const std::string& text) {
  if (!text.empty()) writer.writeAttribute(QLatin1StringView(name), QString::fromStdString(text));
}

void WriteValidation(QXmlStreamWriter& writer, const FormValidation& validation) {
  writer.writeStartElement(QStringLiteral("validate"));
  writer.writeDefaultNamespace(kValidate);
  WriteAttribute(writer, "datatype", validation.datatype);
  if (!validation.minimum.empty() || !validation.maximum.empty()) {
    writer.writeStartElement(QStringLiteral("range"));
    WriteAttribute(writer, "min", validation.minimum);
    WriteAttribute(writer, "max", validation.maximum);
    writer.writeEndElement();
  } else if (!validation.regex.empty()) {
    WriteText(writer, "regex", validation.regex);
  } else {
    writer.writeEmptyElement(validation.open ? QStringLiteral("open") : QStringLiteral("basic"));
  }
  writer.writeEndElement();
}

void WriteMedia(QXmlStreamWriter& writer, const std::vector<FormMedia>& media) {
  writer.writeStartElement(QStringLiteral("media"));
  writer.writeDefaultNamespace(kMedia);
  for (const FormMedia& one : media) {
    writer.writeStartElement(QStringLiteral("uri"));
    WriteAttribute(writer, "type", one.mime_type);
    writer.writeCharacters(QString::fromStdString(one.uri));
    writer.writeEndElement();
  }
  writer.writeEndElement();
}

void WriteField(QXmlStreamWriter& writer, const FormField& field) {
  writer.writeStartElement(QStringLiteral("field"));
  WriteAttribute(writer, "var", field.name);
  if (field.type != FormFieldType::kUnspecified) {
    writer.writeAttribute(QStringLiteral("type"), NameOf(kFieldTypes, field.type));
  }
  WriteAttribute(writer, "label", field.label);
  WriteText(writer, "desc", field.description);
  if (field.required) writer.writeEmptyElement(QStringLiteral("required"));
  for (const std::string& value : field.values) {
    // The digits are the older way to write it, which every client reads.
    const bool boolean = field.type == FormFieldType::kBoolean;
    const std::string text = boolean ? (IsTrue(value) ? "1" : "0") : value;
    writer.writeTextElement(QStringLiteral("value"), QString::fromStdString(text));
  }
  for (const FormOption& option : field.options) {
    writer.writeStartElement(QStringLiteral("option"));
    WriteAttribute(writer, "label", option.label);
    writer.writeTextElement(QStringLiteral("value"), QString::fromStdString(option.value));
    writer.writeEndElement();
  }
  if (field.validation.has_value()) WriteValidation(writer, *field.validation);
  if (!field.media.empty()) WriteMedia(writer, field.media);
  writer.writeEndElement();
}

void WriteFields(QXmlStreamWriter& writer, const std::vector<FormField>& fields) {
  for (const FormField& field : fields) WriteField(writer, field);
}

}  // namespace

std::optional<DataForm> FindDataForm(const QDomElement& parent) {
  const QDomElement x = First(parent, QStringLiteral("x"), kDataFormNamespace);
  if (x.isNull()) return std::nullopt;
  return FormReader(parent).Read(x);
}

void WriteDataForm(QXmlStreamWriter& writer, const DataForm& form) {
  writer.writeStartElement(QStringLiteral("x"));
  writer.writeDefaultNamespace(kDataFormNamespace);
  writer.writeAttribute(QStringLiteral("type"), NameOf(kFormTypes, form.type));
  WriteText(writer, "title", form.title);
  for (const std::string& paragraph : form.instructions) {
    WriteText(writer, "instructions", paragraph);
  }
  if (!form.columns.empty()) {
    writer.writeStartElement(QStringLiteral("reported"));
    WriteFields(writer, form.columns);
    writer.writeEndElement();
  }
  WriteFields(writer, form.fields);
  for (const FormRow& row : form.rows) {
    writer.writeStartElement(QStringLiteral("item"));
    WriteFields(writer, row.fields);
    writer.writeEndElement();
  }
  writer.writeEndElement();
}

}  // namespace chatwire::xmpp
