using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Times as the service gives them.</summary>
internal static class GraphTimes
{
    // Where MAPI's count of time begins; the service says year 1 where there is none.
    private const int FirstYear = 1601;

    /// <summary>Sets a time; one that is none sets nothing.</summary>
    public static void SetTime(this PropertyBag properties, PropertyTag tag, DateTimeOffset? time)
    {
        if (time?.Year >= FirstYear)
        {
            properties.Set(tag, time.Value);
        }
    }
}
