#include "xmpp-service/domain/xhtml.h"

#include <cstdint>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "xmpp-service/domain/ascii.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumDepth = 32;
constexpr size_t kMaximumReferenceBytes = 10;

bool IsNameStart(char c) { return IsAsciiAlpha(c) || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsAsciiDigit(c) || c == '-' || c == '.'; }

/// XML 1.0, section 2.2.
bool IsXmlCharacter(uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/// `#65` or `#x41`: what stands between & and the semicolon.
bool IsCharacterReference(absl::string_view name) {
  uint32_t code = 0;
  if (absl::ConsumePrefix(&name, "#x")) {
    return name.find_first_not_of("0123456789abcdefABCDEF") == absl::string_view::npos &&
           absl::SimpleHexAtoi(name, &code) && IsXmlCharacter(code);
  }
  return absl::ConsumePrefix(&name, "#") &&
         name.find_first_not_of("0123456789") == absl::string_view::npos &&
         absl::SimpleAtoi(name, &code) && IsXmlCharacter(code);
}

/// Reads the fragment once, from front to back. Each function stops behind what it has read, or
/// returns why that is wrong.
class Reader {
 public:
  explicit Reader(absl::string_view text) : text_(text) {}

  absl::Status ReadAll() {
    if (!IsXmlText(text_)) return Wrong("a character that XML 1.0 cannot carry");
    while (at_ < text_.size()) {
      const absl::Status status = text_[at_] == '<' ? ReadTag() : ReadCharacter();
      if (!status.ok()) return status;
    }
    if (!open_.empty()) return Wrong(absl::StrCat("<", open_.back(), "> is not closed"));
    return absl::OkStatus();
  }

 private:
  absl::Status Wrong(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(what, " (byte ", at_, ")"));
  }

  bool Take(absl::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  bool SkipSpace() {
    const size_t before = at_;
    while (at_ < text_.size() && IsAsciiSpace(text_[at_])) ++at_;
    return at_ > before;
  }

  absl::string_view TakeName() {
    const size_t start = at_;
    if (at_ < text_.size() && IsNameStart(text_[at_])) {
      while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
    }
    return text_.substr(start, at_ - start);
  }

  absl::Status ReadCharacter() {
    if (text_[at_] == '&') return ReadReference();
    if (text_.substr(at_, 3) == "]]>") return Wrong("]]> in the text");
    ++at_;
    return absl::OkStatus();
  }

  absl::Status ReadReference() {
    const size_t end = text_.substr(at_, kMaximumReferenceBytes).find(';');
    if (end == absl::string_view::npos) return Wrong("& that begins no entity");
    const absl::string_view name = text_.substr(at_ + 1, end - 1);
    static const auto* const kEntities =
        new std::set<absl::string_view>{"amp", "lt", "gt", "quot", "apos"};
    if (kEntities->count(name) == 0 && !IsCharacterReference(name)) {
      return Wrong("an entity that XML does not define");
    }
    at_ += end + 1;
    return absl::OkStatus();
  }

  absl::Status ReadTag() {
    ++at_;
    if (Take("/")) return ReadEndTag();
    const absl::string_view name = TakeName();
    if (name.empty()) return Wrong("no name of an element behind <");
    const absl::Status attributes = ReadAttributes();
    if (!attributes.ok()) return attributes;
    if (Take("/>")) return absl::OkStatus();
    if (!Take(">")) return Wrong(absl::StrCat("<", name, " is not ended"));
    open_.push_back(name);
    if (open_.size() > kMaximumDepth) return Wrong("elements nested too deep");
    return absl::OkStatus();
  }

  absl::Status ReadEndTag() {
    const absl::string_view name = TakeName();
    SkipSpace();
    if (!Take(">")) return Wrong(absl::StrCat("</", name, " is not ended"));
    if (open_.empty() || open_.back() != name) {
      return Wrong(absl::StrCat("</", name, "> closes nothing"));
    }
    open_.pop_back();
    return absl::OkStatus();
  }

  absl::Status ReadAttributes() {
    std::set<absl::string_view> names;
    while (SkipSpace() && at_ < text_.size() && IsNameStart(text_[at_])) {
      const size_t start = at_;
      TakeName();
      // The one prefix that every document knows.
      if (text_.substr(start, at_ - start) == "xml" && Take(":") && TakeName().empty()) {
        return Wrong("no name behind xml:");
      }
      const absl::string_view name = text_.substr(start, at_ - start);
      if (name == "xmlns") return Wrong("a namespace of its own");
      if (!names.insert(name).second) return Wrong(absl::StrCat("`", name, "` twice"));
      SkipSpace();
      if (!Take("=")) return Wrong(absl::StrCat("`", name, "` without a value"));
      SkipSpace();
      const absl::Status value = ReadValue();
      if (!value.ok()) return value;
    }
    return absl::OkStatus();
  }

  absl::Status ReadValue() {
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '"' && quote != '\'') return Wrong("a value without quotes");
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '<') return Wrong("< in a value");
      const absl::Status status = text_[at_] == '&' ? ReadReference() : Next();
      if (!status.ok()) return status;
    }
    if (at_ == text_.size()) return Wrong("a value without its end");
    ++at_;
    return absl::OkStatus();
  }

  absl::Status Next() {
    ++at_;
    return absl::OkStatus();
  }

  const absl::string_view text_;
  size_t at_ = 0;
  std::vector<absl::string_view> open_;
};

}  // namespace

absl::Status CheckXhtml(absl::string_view fragment) { return Reader(fragment).ReadAll(); }

}  // namespace chatwire::xmpp
