namespace PstMigration.Mapi;

/// <summary>The time zone an appointment was made in ([MS-OXOCAL] 2.2.1.39 to 2.2.1.43).</summary>
/// <param name="Name">The Windows id, such as Tokyo Standard Time; of old items a description in words. May be empty.</param>
/// <param name="Zone">The zone as it was stored, whatever the machine knows of it; null where the stored numbers make none.</param>
public sealed record AppointmentTimeZone(string Name, TimeZoneInfo? Zone)
{
    private const string Unnamed = "Stored";

    private static readonly PropertyName s_struct = new(PropertySets.Appointment, 0x8233);
    private static readonly PropertyName s_description = new(PropertySets.Appointment, 0x8234);

    // That of the series first: occurrences are computed by it.
    private static readonly PropertyName[] s_definitions =
    [
        new(PropertySets.Appointment, 0x8260), new(PropertySets.Appointment, 0x825E), new(PropertySets.Appointment, 0x825F),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The zone of an appointment; null where it has none.</summary>
    internal static AppointmentTimeZone? Read(PropertyBag properties)
    {
        foreach (PropertyName name in s_definitions)
        {
            if (properties.Blob(name) is byte[] value && TimeZoneDefinition.Read(value) is TimeZoneDefinition definition
                && definition.ToTimeZoneInfo() is TimeZoneInfo zone)
            {
                return new AppointmentTimeZone(definition.KeyName, zone);
            }
        }

        string description = properties.Text(s_description);
        TimeZoneStruct? old = properties.Blob(s_struct) is byte[] bytes ? TimeZoneStruct.Read(bytes) : null;
        return old is null && description.Length == 0
            ? null
            : new AppointmentTimeZone(description, old?.ToTimeZoneInfo(description.Length > 0 ? description : Unnamed));
    }
}
