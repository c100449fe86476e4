namespace PstMigration.Mapi;

/// <summary>A reminder ([MS-OXORMDR]).</summary>
/// <param name="Before">How long before the item it comes; null where it has a time of its own.</param>
/// <param name="Signal">When it comes next.</param>
public sealed record ItemReminder(TimeSpan? Before, DateTimeOffset? Signal)
{
    // What a writer stores that has the program's default in mind.
    private const int Unset = 0x5AE980E1;
    private const int DefaultMinutes = 15;

    private static readonly PropertyName s_delta = new(PropertySets.Common, 0x8501);
    private static readonly PropertyName s_set = new(PropertySets.Common, 0x8503);
    private static readonly PropertyName s_signal = new(PropertySets.Common, 0x8560);

    /// <summary>The reminder of an item; null where it is off.</summary>
    internal static ItemReminder? Read(PropertyBag properties)
    {
        if (!properties.Flag(s_set))
        {
            return null;
        }

        TimeSpan? before = properties.GetInt32(s_delta) is int minutes
            ? TimeSpan.FromMinutes(minutes == Unset ? DefaultMinutes : minutes)
            : null;
        return new ItemReminder(before, properties.Date(s_signal));
    }
}
