#ifndef CHATWIRE_CLI_GROUPS_DEVICE_ARGUMENTS_H_
#define CHATWIRE_CLI_GROUPS_DEVICE_ARGUMENTS_H_

#include <string>
#include <vector>

#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

/// The options that say how a device is reached, for the field @p field of a request, such as
/// `checkbox.device`. @p required: a preset has to be named.
std::vector<Argument> DeviceArguments(const std::string& field, bool required);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_GROUPS_DEVICE_ARGUMENTS_H_
