#ifndef CHATWIRE_CLI_WHOLE_NUMBER_H_
#define CHATWIRE_CLI_WHOLE_NUMBER_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace chatwire::cli {

/// Of how many there are to be: 1, 2, 3, ... CLI11's own check speaks of floating-point numbers.
inline CLI::Validator FromOneOn() {
  return CLI::Validator(
      [](const std::string& text) {
        int64_t number = 0;
        if (absl::SimpleAtoi(text, &number) && number >= 1) return std::string();
        return absl::StrCat("\"", text, "\" is no whole number from 1 on");
      },
      "");
}

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_WHOLE_NUMBER_H_
