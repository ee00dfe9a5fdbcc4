-- Wireshark dissector of the link between a Tickbridge gateway and its add-ons: every message and field of
-- src/main/sbe/tickbridge-link.xml (DissectorTest holds it to that file). SPECIFICATION.md says what they mean.
--
--   wireshark -X lua_script:bridge-protocol/tickbridge.lua capture.pcap
--
-- or copy it into the folder that Help > About > Folders calls Personal Lua Plugins. TCP port 7411 is taken for a link;
-- another one: Decode As, or Preferences > Protocols > TICKBRIDGE. Under TLS the keys of the session are needed too.

local HEADER_LENGTH = 32      -- SPECIFICATION.md, "Frame header"
local MAX_FRAME_LENGTH = 1024 -- longer ones are an error: section 2
local SCHEMA_ID = 21603
local SEQUENCED = 1           -- flag bit 0
local SEALED = 2              -- flag bit 1
local TAG_LENGTH = 16         -- section 4a

local link = Proto("tickbridge", "Tickbridge link")
link.prefs.port = Pref.uint("TCP port", 7411, "Port on which the gateway listens")

local header = {
  { "frameLength", 0, 4, ProtoField.uint32 }, { "blockLength", 4, 2, ProtoField.uint16 },
  { "templateId", 6, 2, ProtoField.uint16 }, { "schemaId", 8, 2, ProtoField.uint16 },
  { "version", 10, 2, ProtoField.uint16 }, { "flags", 12, 4, ProtoField.uint32 },
  { "sequence", 16, 8, ProtoField.uint64 }, { "sendTime", 24, 8, ProtoField.int64 },
}

local enumerations = {
  Venue = { [1] = "CME", [2] = "IEX", [3] = "NASDAQ" },
  Side = { [0] = "NONE", [1] = "BUY", [2] = "SELL" },
  RejectReason = {
    [1] = "AUTHENTICATION_FAILED", [2] = "VERSION_NOT_SUPPORTED", [3] = "MALFORMED_FRAME",
    [4] = "UNEXPECTED_MESSAGE", [5] = "LOGON_TIMEOUT", [6] = "TOO_MANY_PEERS", [7] = "NOT_PERMITTED",
  },
  LogoutReason = {
    [1] = "REQUESTED", [2] = "SHUTTING_DOWN", [3] = "MALFORMED_FRAME", [4] = "PEER_TOO_SLOW", [5] = "PEER_SILENT",
    [6] = "UNEXPECTED_MESSAGE", [7] = "JOURNAL_BUSY", [8] = "TOO_MANY_FRAMES",
    [9] = "NO_LONGER_PERMITTED", [10] = "BROKEN_SEAL",
  },
  FrameSeal = { [0] = "NONE", [1] = "HMAC_SHA256" },
  BookState = {
    [0] = "TRUSTED", [1] = "NOT_YET_KNOWN", [2] = "SEQUENCE_GAP", [3] = "CROSSED", [4] = "NOT_TRADING",
    [5] = "STALE", [6] = "INVALID_UPDATE", [7] = "NOT_JOURNALLED",
  },
  GapReason = { [1] = "EXPIRED", [2] = "NOT_RETAINED", [3] = "OTHER_SESSION" },
  TradingMode = { [1] = "DRY_RUN", [2] = "SIMULATION", [3] = "LIVE" },
  OrderAction = { [0] = "NONE", [1] = "BUY", [2] = "SELL", [3] = "SELL_SHORT", [4] = "BUY_TO_COVER" },
  OrderType = { [1] = "MARKET", [2] = "LIMIT", [3] = "STOP_MARKET", [4] = "STOP_LIMIT", [5] = "MARKET_IF_TOUCHED" },
  TimeInForce = {
    [1] = "DAY", [2] = "GOOD_TILL_CANCELLED", [3] = "IMMEDIATE_OR_CANCEL", [4] = "FILL_OR_KILL",
    [5] = "GOOD_TILL_DATE",
  },
  OrderState = {
    [0] = "UNKNOWN", [1] = "INITIALIZED", [2] = "SUBMITTED", [3] = "ACCEPTED", [4] = "TRIGGER_PENDING",
    [5] = "WORKING", [6] = "CHANGE_PENDING", [7] = "CHANGE_SUBMITTED", [8] = "CANCEL_PENDING",
    [9] = "CANCEL_SUBMITTED", [10] = "CANCELLED", [11] = "REJECTED", [12] = "PART_FILLED", [13] = "FILLED",
  },
  OrderRole = { [1] = "ENTRY", [2] = "STOP_LOSS", [3] = "PROFIT_TARGET", [4] = "EXIT", [5] = "FLATTEN" },
  RiskVerdict = { [1] = "PASSED", [2] = "REFUSED" },
  PeerRights = { [1] = "VIEW", [2] = "TRADE" },
  Market = { [0] = "NOT_STATED", [1] = "LIVE", [2] = "RECORDED", [3] = "SIMULATED" },
  ReportOutcome = { [1] = "JOURNALLED", [2] = "NOT_PERMITTED", [3] = "NOT_JOURNALLED" },
}

-- By template: name, bytes of the block in the version that brought it, and each field with offset, bytes, type, and what
-- it shows beside the number.
local messages = {
  [1] = { "Challenge", 72,
    { "minimumVersion", 0, 2, ProtoField.uint16 },
    { "maximumVersion", 2, 2, ProtoField.uint16 },
    { "seal", 4, 1, ProtoField.uint8, "FrameSeal" },
    { "nonce", 8, 32, ProtoField.bytes },
    { "gatewayName", 40, 32, ProtoField.string },
  },
  [2] = { "Logon", 112,
    { "resumeSession", 0, 8, ProtoField.uint64 },
    { "nextSequence", 8, 8, ProtoField.uint64 },
    { "nonce", 16, 32, ProtoField.bytes },
    { "proof", 48, 32, ProtoField.bytes },
    { "clientName", 80, 32, ProtoField.string },
  },
  [3] = { "LogonAccepted", 72,
    { "session", 0, 8, ProtoField.uint64 },
    { "nextSequence", 8, 8, ProtoField.uint64 },
    { "lastSequence", 16, 8, ProtoField.uint64 },
    { "heartbeatInterval", 24, 8, ProtoField.int64, "duration" },
    { "signalTimeToLive", 32, 8, ProtoField.int64, "duration" },
    { "proof", 40, 32, ProtoField.bytes },
  },
  [4] = { "LogonRejected", 120,
    { "reason", 0, 2, ProtoField.uint16, "RejectReason" },
    { "text", 8, 112, ProtoField.string },
  },
  [5] = { "Logout", 120,
    { "reason", 0, 2, ProtoField.uint16, "LogoutReason" },
    { "text", 8, 112, ProtoField.string },
  },
  [6] = { "Heartbeat", 8,
    { "counter", 0, 8, ProtoField.uint64 },
  },
  [7] = { "ClockProbe", 16,
    { "probe", 0, 8, ProtoField.uint64 },
    { "clientSendTime", 8, 8, ProtoField.int64, "time" },
  },
  [8] = { "ClockReply", 24,
    { "probe", 0, 8, ProtoField.uint64 },
    { "clientSendTime", 8, 8, ProtoField.int64, "time" },
    { "gatewayReceiveTime", 16, 8, ProtoField.int64, "time" },
  },
  [10] = { "InstrumentDefinition", 48,
    { "instrument", 0, 8, ProtoField.uint64 },
    { "priceIncrement", 8, 8, ProtoField.int64, "price" },
    { "venue", 16, 1, ProtoField.uint8, "Venue" },
    { "channel", 18, 2, ProtoField.uint16 },
    { "symbol", 24, 24, ProtoField.string },
  },
  [11] = { "SignalDefinition", 232,
    { "rule", 0, 2, ProtoField.uint16 },
    { "name", 8, 32, ProtoField.string },
    { "parameters", 40, 192, ProtoField.string },
  },
  [12] = { "InstrumentState", 24,
    { "instrument", 0, 8, ProtoField.uint64 },
    { "exchangeTime", 8, 8, ProtoField.int64, "time" },
    { "venue", 16, 1, ProtoField.uint8, "Venue" },
    { "state", 17, 1, ProtoField.uint8, "BookState" },
  },
  [20] = { "Signal", 72,
    { "number", 0, 8, ProtoField.uint64 },
    { "exchangeTime", 8, 8, ProtoField.int64, "time" },
    { "instrument", 16, 8, ProtoField.uint64 },
    { "rule", 24, 2, ProtoField.uint16 },
    { "venue", 26, 1, ProtoField.uint8, "Venue" },
    { "side", 27, 1, ProtoField.uint8, "Side" },
    { "bidPrice", 32, 8, ProtoField.int64, "price" },
    { "askPrice", 40, 8, ProtoField.int64, "price" },
    { "bidQuantity", 48, 4, ProtoField.int32 },
    { "askQuantity", 52, 4, ProtoField.int32 },
    { "value", 56, 8, ProtoField.int64 },
    { "receiveTime", 64, 8, ProtoField.int64, "time" },
  },
  [21] = { "Quote", 48,
    { "instrument", 0, 8, ProtoField.uint64 },
    { "exchangeTime", 8, 8, ProtoField.int64, "time" },
    { "bidPrice", 16, 8, ProtoField.int64, "price" },
    { "askPrice", 24, 8, ProtoField.int64, "price" },
    { "bidQuantity", 32, 4, ProtoField.int32 },
    { "askQuantity", 36, 4, ProtoField.int32 },
    { "conflated", 40, 4, ProtoField.uint32 },
    { "venue", 44, 1, ProtoField.uint8, "Venue" },
    { "state", 45, 1, ProtoField.uint8, "BookState" },
  },
  [22] = { "Trade", 40,
    { "instrument", 0, 8, ProtoField.uint64 },
    { "exchangeTime", 8, 8, ProtoField.int64, "time" },
    { "price", 16, 8, ProtoField.int64, "price" },
    { "quantity", 24, 4, ProtoField.int32 },
    { "skipped", 28, 4, ProtoField.uint32 },
    { "venue", 32, 1, ProtoField.uint8, "Venue" },
    { "aggressor", 33, 1, ProtoField.uint8, "Side" },
  },
  [23] = { "SequenceGap", 24,
    { "fromSequence", 0, 8, ProtoField.uint64 },
    { "toSequence", 8, 8, ProtoField.uint64 },
    { "reason", 16, 2, ProtoField.uint16, "GapReason" },
  },
  [30] = { "OrderEvent", 392,
    { "stream", 0, 8, ProtoField.uint64 },
    { "eventTime", 8, 8, ProtoField.int64, "time" },
    { "signalSession", 16, 8, ProtoField.uint64 },
    { "signalSequence", 24, 8, ProtoField.uint64 },
    { "instrument", 32, 8, ProtoField.uint64 },
    { "limitPrice", 40, 8, ProtoField.int64, "price" },
    { "stopPrice", 48, 8, ProtoField.int64, "price" },
    { "averagePrice", 56, 8, ProtoField.int64, "price" },
    { "quantity", 64, 4, ProtoField.int32 },
    { "filledQuantity", 68, 4, ProtoField.int32 },
    { "venue", 72, 1, ProtoField.uint8, "Venue" },
    { "mode", 73, 1, ProtoField.uint8, "TradingMode" },
    { "action", 74, 1, ProtoField.uint8, "OrderAction" },
    { "orderType", 75, 1, ProtoField.uint8, "OrderType" },
    { "state", 76, 1, ProtoField.uint8, "OrderState" },
    { "timeInForce", 77, 1, ProtoField.uint8, "TimeInForce" },
    { "role", 78, 1, ProtoField.uint8, "OrderRole" },
    { "clientOrderId", 80, 56, ProtoField.string },
    { "platformOrderId", 136, 40, ProtoField.string },
    { "ocoGroup", 176, 40, ProtoField.string },
    { "account", 216, 32, ProtoField.string },
    { "instrumentName", 248, 32, ProtoField.string },
    { "text", 280, 112, ProtoField.string },
  },
  [31] = { "ExecutionEvent", 280,
    { "stream", 0, 8, ProtoField.uint64 },
    { "eventTime", 8, 8, ProtoField.int64, "time" },
    { "signalSession", 16, 8, ProtoField.uint64 },
    { "signalSequence", 24, 8, ProtoField.uint64 },
    { "instrument", 32, 8, ProtoField.uint64 },
    { "executionTime", 40, 8, ProtoField.int64, "time" },
    { "price", 48, 8, ProtoField.int64, "price" },
    { "commission", 56, 8, ProtoField.int64, "price" },
    { "quantity", 64, 4, ProtoField.int32 },
    { "positionAfter", 68, 4, ProtoField.int32 },
    { "venue", 72, 1, ProtoField.uint8, "Venue" },
    { "mode", 73, 1, ProtoField.uint8, "TradingMode" },
    { "action", 74, 1, ProtoField.uint8, "OrderAction" },
    { "role", 75, 1, ProtoField.uint8, "OrderRole" },
    { "clientOrderId", 80, 56, ProtoField.string },
    { "platformOrderId", 136, 40, ProtoField.string },
    { "executionId", 176, 40, ProtoField.string },
    { "account", 216, 32, ProtoField.string },
    { "instrumentName", 248, 32, ProtoField.string },
  },
  [32] = { "PositionEvent", 128,
    { "stream", 0, 8, ProtoField.uint64 },
    { "eventTime", 8, 8, ProtoField.int64, "time" },
    { "instrument", 16, 8, ProtoField.uint64 },
    { "averagePrice", 24, 8, ProtoField.int64, "price" },
    { "realizedProfit", 32, 8, ProtoField.int64, "price" },
    { "unrealizedProfit", 40, 8, ProtoField.int64, "price" },
    { "quantity", 48, 4, ProtoField.int32 },
    { "workingBuy", 52, 4, ProtoField.int32 },
    { "workingSell", 56, 4, ProtoField.int32 },
    { "venue", 60, 1, ProtoField.uint8, "Venue" },
    { "mode", 61, 1, ProtoField.uint8, "TradingMode" },
    { "account", 64, 32, ProtoField.string },
    { "instrumentName", 96, 32, ProtoField.string },
  },
  [33] = { "RiskDecision", 344,
    { "stream", 0, 8, ProtoField.uint64 },
    { "eventTime", 8, 8, ProtoField.int64, "time" },
    { "signalSession", 16, 8, ProtoField.uint64 },
    { "signalSequence", 24, 8, ProtoField.uint64 },
    { "instrument", 32, 8, ProtoField.uint64 },
    { "limitValue", 40, 8, ProtoField.int64 },
    { "value", 48, 8, ProtoField.int64 },
    { "quantity", 56, 4, ProtoField.int32 },
    { "venue", 60, 1, ProtoField.uint8, "Venue" },
    { "mode", 61, 1, ProtoField.uint8, "TradingMode" },
    { "verdict", 62, 1, ProtoField.uint8, "RiskVerdict" },
    { "action", 63, 1, ProtoField.uint8, "OrderAction" },
    { "rule", 64, 32, ProtoField.string },
    { "unit", 96, 16, ProtoField.string },
    { "clientOrderId", 112, 56, ProtoField.string },
    { "account", 168, 32, ProtoField.string },
    { "instrumentName", 200, 32, ProtoField.string },
    { "text", 232, 112, ProtoField.string },
  },
  [34] = { "ReportStream", 32,
    { "stream", 0, 8, ProtoField.uint64 },
    { "firstSequence", 8, 8, ProtoField.uint64 },
    { "acknowledged", 16, 8, ProtoField.uint64 },
    { "lost", 24, 8, ProtoField.uint64 },
  },
  [35] = { "ReportAcknowledgement", 24,
    { "stream", 0, 8, ProtoField.uint64 },
    { "throughSequence", 8, 8, ProtoField.uint64 },
    { "outcome", 16, 2, ProtoField.uint16, "ReportOutcome" },
  },
  [36] = { "LinkTerms", 16,
    { "silenceLimit", 0, 8, ProtoField.int64, "duration" },
    { "rights", 8, 1, ProtoField.uint8, "PeerRights" },
    { "market", 9, 1, ProtoField.uint8, "Market" },
  },
}

local fields = {}
local shown = {}

local function declare(prefix, description)
  local name, _, _, make, kind = table.unpack(description)
  local filter = "tickbridge." .. prefix .. name
  local field
  if enumerations[kind] then
    field = make(filter, name, base.DEC, enumerations[kind])
  elseif make == ProtoField.string or make == ProtoField.bytes then
    field = make(filter, name)
  else
    field = make(filter, name, base.DEC)
  end
  fields[filter] = field
  shown[#shown + 1] = field
end

for _, description in ipairs(header) do
  declare("", description)
end
for _, message in pairs(messages) do
  for i = 3, #message do
    declare(message[1] .. ".", message[i])
  end
end
fields["tickbridge.tag"] = ProtoField.bytes("tickbridge.tag", "tag")
shown[#shown + 1] = fields["tickbridge.tag"]
link.fields = shown
local malformed = ProtoExpert.new("tickbridge.malformed", "Malformed frame", expert.group.MALFORMED, expert.severity.ERROR)
link.experts = { malformed }

local NULL = Int64.min and Int64.min() or Int64.new(0, 0x80000000)

-- Whole and fraction of 1e-9 units; numbers of Lua would lose digits.
local function decimal(value)
  if value == NULL then
    return "null"
  end
  local sign = value < 0 and "-" or ""
  local digits = tostring(value < 0 and -value or value)
  digits = string.rep("0", 10 - #digits) .. digits
  return sign .. digits:sub(1, -10) .. "." .. digits:sub(-9)
end

local function utc(value)
  local digits = tostring(value)
  if value <= 0 or #digits < 10 then
    return "none"
  end
  return os.date("!%Y-%m-%d %H:%M:%S", tonumber(digits:sub(1, -10))) .. "." .. digits:sub(-9) .. " UTC"
end

local beside = {
  time = utc,
  price = decimal,
  duration = function(value) return decimal(value) .. " s" end,
}

local function add(tree, prefix, description, range)
  local name, offset, length, make, kind = table.unpack(description)
  local part = range(offset, length)
  local field = fields["tickbridge." .. prefix .. name]
  if make == ProtoField.string then
    -- Text that fills its field has no NUL.
    tree:add(field, part, part:raw():match("^[^\0]*"))
  elseif make == ProtoField.bytes then
    tree:add(field, part)
  else
    local item = tree:add_le(field, part)
    if beside[kind] then
      item:append_text(" (" .. beside[kind](part:le_int64()) .. ")")
    end
  end
end

local function frame_length(tvb, _, offset)
  local length = tvb(offset, 4):le_uint()
  -- What cannot be a length must not make Wireshark wait for so many bytes: the rest of the segment is shown as malformed.
  if length < HEADER_LENGTH or length > MAX_FRAME_LENGTH or length % 8 ~= 0 then
    return tvb:len() - offset
  end
  return length
end

local function dissect_frame(tvb, pinfo, root)
  pinfo.cols.protocol = "TICKBRIDGE"
  local tree = root:add(link, tvb())
  local length = tvb(0, 4):le_uint()
  if length ~= tvb:len() or tvb:len() < HEADER_LENGTH or tvb(8, 2):le_uint() ~= SCHEMA_ID then
    tree:add_proto_expert_info(malformed)
    return tvb:len()
  end
  for _, description in ipairs(header) do
    add(tree, "", description, tvb(0, HEADER_LENGTH))
  end
  local message = messages[tvb(6, 2):le_uint()]
  local block_length = tvb(4, 2):le_uint()
  if HEADER_LENGTH + block_length > length or (message and block_length < message[2]) then
    tree:add_proto_expert_info(malformed)
    return tvb:len()
  end
  local name = message and message[1] or "template " .. tvb(6, 2):le_uint()
  local numbered = tvb(12, 4):le_uint() % 2 == SEQUENCED and " #" .. tostring(tvb(16, 8):le_uint64()) or ""
  tree:append_text(", " .. name .. numbered)
  pinfo.cols.info:append(" " .. name .. numbered)
  if message then
    for i = 3, #message do
      add(tree, name .. ".", message[i], tvb(HEADER_LENGTH, block_length))
    end
  end
  -- Shown, not checked: the key is in no capture.
  if tvb(12, 4):le_uint() % (2 * SEALED) >= SEALED and HEADER_LENGTH + block_length + TAG_LENGTH <= length then
    tree:add(fields["tickbridge.tag"], tvb(length - TAG_LENGTH, TAG_LENGTH))
  end
  return tvb:len()
end

function link.dissector(tvb, pinfo, root)
  pinfo.cols.info = ""
  dissect_tcp_pdus(tvb, root, 4, frame_length, dissect_frame)
  return tvb:len()
end

local ports = DissectorTable.get("tcp.port")
local port = link.prefs.port
ports:add(port, link)
pcall(function() DissectorTable.get("tls.port"):add(port, link) end)

function link.prefs_changed()
  if port ~= link.prefs.port then
    ports:remove(port, link)
    port = link.prefs.port
    ports:add(port, link)
  end
end
