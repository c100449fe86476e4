namespace PstMigration.Sandbox;

/// <summary>
/// Where what a calendar item has is stored: what MAPI has a property for under that ([MS-OXOCAL]), so that an extended property and the JSON property of the same thing are one; the rest
/// under names no client can ask for by chance.
/// </summary>
internal static class EventTags
{
    private const string Appointment = " {00062002-0000-0000-c000-000000000046} Id ";
    private const string Common = " {00062008-0000-0000-c000-000000000046} Id ";
    private const string Own = " {0b0d5a8e-6c1c-4f5d-8f3d-9a5b7a3c2f11} Name ";

    // Property sets as tags begin with them.
    private static readonly string[] s_sets = [.. new[] { Appointment, Common, Own }.Select(s => s.Trim().Split(' ')[0])];

    public static readonly ExtendedPropertyId Location = Known("String" + Appointment + "0x8208");
    public static readonly ExtendedPropertyId Start = Known("SystemTime" + Appointment + "0x820d");
    public static readonly ExtendedPropertyId End = Known("SystemTime" + Appointment + "0x820e");
    public static readonly ExtendedPropertyId Busy = Known("Integer" + Appointment + "0x8205");
    public static readonly ExtendedPropertyId IsAllDay = Known("Boolean" + Appointment + "0x8215");
    public static readonly ExtendedPropertyId ReminderMinutes = Known("Integer" + Common + "0x8501");
    public static readonly ExtendedPropertyId IsReminderSet = Known("Boolean" + Common + "0x8503");
    public static readonly ExtendedPropertyId Sensitivity = Known("Integer 0x36");

    /// <summary>Start and end on the clocks of their zones, as JSON has them, and the zones.</summary>
    public static readonly ExtendedPropertyId LocalStart = Known("String" + Own + "LocalStart");
    public static readonly ExtendedPropertyId LocalEnd = Known("String" + Own + "LocalEnd");
    public static readonly ExtendedPropertyId StartZone = Known("String" + Own + "StartZone");
    public static readonly ExtendedPropertyId EndZone = Known("String" + Own + "EndZone");

    /// <summary>The recurrence as JSON.</summary>
    public static readonly ExtendedPropertyId Recurrence = Known("String" + Own + "Recurrence");

    /// <summary>The days of a series that are left out (yyyy-MM-dd).</summary>
    public static readonly ExtendedPropertyId Cancelled = Known("StringArray" + Own + "Cancelled");

    /// <summary>Of an occurrence: the number of its series, and the day the series has it on.</summary>
    public static readonly ExtendedPropertyId Master = Known("Long" + Own + "Master");
    public static readonly ExtendedPropertyId Day = Known("String" + Own + "Day");

    public static readonly ExtendedPropertyId AllowNewTimeProposals = Known("Boolean" + Own + "AllowNewTimeProposals");
    public static readonly ExtendedPropertyId ResponseRequested = Known("Boolean" + Own + "ResponseRequested");
    public static readonly ExtendedPropertyId TransactionId = Known("String" + Own + "TransactionId");

    /// <summary>Whether a property is what the service itself keeps of an event; the others are clients'.</summary>
    public static bool IsOfField(string tag) => tag[0] != '{' || tag == Tags.Keywords.Tag || Array.Exists(s_sets, s => tag.StartsWith(s, StringComparison.Ordinal));

    private static ExtendedPropertyId Known(string text) => ExtendedPropertyId.Known(text);
}
