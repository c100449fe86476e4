namespace PstMigration.Sandbox;

/// <summary>
/// Where what a calendar item has is stored: what MAPI has a property for under that ([MS-OXOCAL]), so that an extended property and the JSON property of the same thing are one; the rest
/// under names no client can ask for by chance.
/// </summary>
internal static class EventTags
{
    private const string Appointment = " {00062002-0000-0000-c000-000000000046} Id ";
    private const string Common = " {00062008-0000-0000-c000-000000000046} Id ";

    // Property sets as tags begin with them.
    private static readonly string[] s_sets = [ExtendedPropertyId.OwnSet, .. new[] { Appointment, Common }.Select(s => s.Trim().Split(' ')[0])];

    public static readonly ExtendedPropertyId Location = Known("String" + Appointment + "0x8208");
    public static readonly ExtendedPropertyId Start = Known("SystemTime" + Appointment + "0x820d");
    public static readonly ExtendedPropertyId End = Known("SystemTime" + Appointment + "0x820e");
    public static readonly ExtendedPropertyId Busy = Known("Integer" + Appointment + "0x8205");
    public static readonly ExtendedPropertyId IsAllDay = Known("Boolean" + Appointment + "0x8215");
    public static readonly ExtendedPropertyId ReminderMinutes = Known("Integer" + Common + "0x8501");
    public static readonly ExtendedPropertyId IsReminderSet = Known("Boolean" + Common + "0x8503");
    public static readonly ExtendedPropertyId Sensitivity = Known("Integer 0x36");

    /// <summary>Start and end on the clocks of their zones, as JSON has them, and the zones.</summary>
    public static readonly ExtendedPropertyId LocalStart = ExtendedPropertyId.Own("String", "LocalStart");
    public static readonly ExtendedPropertyId LocalEnd = ExtendedPropertyId.Own("String", "LocalEnd");
    public static readonly ExtendedPropertyId StartZone = ExtendedPropertyId.Own("String", "StartZone");
    public static readonly ExtendedPropertyId EndZone = ExtendedPropertyId.Own("String", "EndZone");

    /// <summary>The recurrence as JSON.</summary>
    public static readonly ExtendedPropertyId Recurrence = ExtendedPropertyId.Own("String", "Recurrence");

    /// <summary>The days of a series that are left out (yyyy-MM-dd).</summary>
    public static readonly ExtendedPropertyId Cancelled = ExtendedPropertyId.Own("StringArray", "Cancelled");

    /// <summary>Of an occurrence: the number of its series, and the day the series has it on.</summary>
    public static readonly ExtendedPropertyId Master = ExtendedPropertyId.Own("Long", "Master");
    public static readonly ExtendedPropertyId Day = ExtendedPropertyId.Own("String", "Day");

    public static readonly ExtendedPropertyId AllowNewTimeProposals = ExtendedPropertyId.Own("Boolean", "AllowNewTimeProposals");
    public static readonly ExtendedPropertyId ResponseRequested = ExtendedPropertyId.Own("Boolean", "ResponseRequested");
    public static readonly ExtendedPropertyId TransactionId = ExtendedPropertyId.Own("String", "TransactionId");

    /// <summary>Whether a property is what the service itself keeps of an event; the others are clients'.</summary>
    public static bool IsOfField(string tag) => tag[0] != '{' || tag == Tags.Keywords.Tag || Array.Exists(s_sets, s => tag.StartsWith(s, StringComparison.Ordinal));

    private static ExtendedPropertyId Known(string text) => ExtendedPropertyId.Known(text);
}
