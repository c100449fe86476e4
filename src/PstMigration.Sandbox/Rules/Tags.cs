namespace PstMigration.Sandbox;

/// <summary>The properties the sandbox itself reads or writes.</summary>
internal static class Tags
{
    public static readonly ExtendedPropertyId Importance = Known("Integer 0x17");
    public static readonly ExtendedPropertyId MessageClass = Known("String 0x1a");
    public static readonly ExtendedPropertyId DeliveryReceiptRequested = Known("Boolean 0x23");
    public static readonly ExtendedPropertyId ReadReceiptRequested = Known("Boolean 0x29");
    public static readonly ExtendedPropertyId Subject = Known("String 0x37");
    public static readonly ExtendedPropertyId SentTime = Known("SystemTime 0x39");
    public static readonly ExtendedPropertyId FromName = Known("String 0x42");
    public static readonly ExtendedPropertyId FromType = Known("String 0x64");
    public static readonly ExtendedPropertyId FromAddress = Known("String 0x65");
    public static readonly ExtendedPropertyId FromSmtp = Known("String 0x5d02");
    public static readonly ExtendedPropertyId ConversationTopic = Known("String 0x70");
    public static readonly ExtendedPropertyId ConversationIndex = Known("Binary 0x71");
    public static readonly ExtendedPropertyId TransportHeaders = Known("String 0x7d");
    public static readonly ExtendedPropertyId SenderName = Known("String 0xc1a");
    public static readonly ExtendedPropertyId SenderType = Known("String 0xc1e");
    public static readonly ExtendedPropertyId SenderAddress = Known("String 0xc1f");
    public static readonly ExtendedPropertyId SenderSmtp = Known("String 0x5d01");
    public static readonly ExtendedPropertyId ReceivedTime = Known("SystemTime 0xe06");
    public static readonly ExtendedPropertyId MessageFlags = Known("Integer 0xe07");
    public static readonly ExtendedPropertyId MessageSize = Known("Integer 0xe08");
    public static readonly ExtendedPropertyId HasAttachments = Known("Boolean 0xe1b");
    public static readonly ExtendedPropertyId Body = Known("String 0x1000");
    public static readonly ExtendedPropertyId Html = Known("Binary 0x1013");
    public static readonly ExtendedPropertyId NativeBody = Known("Integer 0x1016");
    public static readonly ExtendedPropertyId InternetMessageId = Known("String 0x1035");
    public static readonly ExtendedPropertyId IconIndex = Known("Integer 0x1080");
    public static readonly ExtendedPropertyId LastVerb = Known("Integer 0x1081");
    public static readonly ExtendedPropertyId LastVerbTime = Known("SystemTime 0x1082");
    public static readonly ExtendedPropertyId FlagStatus = Known("Integer 0x1090");
    public static readonly ExtendedPropertyId FlagCompleteTime = Known("SystemTime 0x1091");
    public static readonly ExtendedPropertyId CreationTime = Known("SystemTime 0x3007");
    public static readonly ExtendedPropertyId ModificationTime = Known("SystemTime 0x3008");
    public static readonly ExtendedPropertyId Codepage = Known("Integer 0x3fde");
    public static readonly ExtendedPropertyId FlagStart = Known("SystemTime {00062003-0000-0000-c000-000000000046} Id 0x8104");
    public static readonly ExtendedPropertyId FlagDue = Known("SystemTime {00062003-0000-0000-c000-000000000046} Id 0x8105");
    public static readonly ExtendedPropertyId Keywords = Known("StringArray {00020329-0000-0000-c000-000000000046} Name Keywords");

    private static ExtendedPropertyId Known(string text) => ExtendedPropertyId.Known(text);
}
