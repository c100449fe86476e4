using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How <see cref="MimeImport"/> reads.</summary>
public sealed record MimeImportOptions
{
    /// <summary>Keeps the header block as it came (<see cref="PropertyTags.TransportMessageHeaders"/>), as a mail server does.</summary>
    public bool KeepTransportHeaders { get; init; } = true;

    /// <summary>Flags besides those that follow from the message: <see cref="MessageFlags.Read"/> for one that was read.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>
    /// The code page of headers and bodies that neither say their own nor show it by themselves; 0 to guess it from all that is in the message.
    /// </summary>
    public int CodePage { get; init; }

    /// <summary>The zone of times in calendars that have none; that of this computer unless set.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>
    /// When the message was received, as what it was stored in tells (a From_ line, the name or the time of a file): counts only where the message itself tells
    /// no time at all.
    /// </summary>
    public DateTimeOffset? StoredTime { get; init; }

    /// <summary>
    /// Reads the headers mail programs write about a message into the files they keep it in, and takes them and those of this project out of the message. What the latter say
    /// counts only where a key proves that this project wrote them: any mail from elsewhere may have some.
    /// </summary>
    public bool IsFromFile { get; init; }

    /// <summary>
    /// The same for a message that is known to be written by this project: what it says of itself (when it was received, its class, where it comes from) counts.
    /// </summary>
    public bool IsFromOwnFile { get; init; }

    /// <summary>The keys that prove it (<see cref="TreeKey"/>).</summary>
    internal IReadOnlyList<byte[]> Keys { get; init; } = [];

    /// <summary>Called where a message has headers of this project and none of the keys proves them.</summary>
    internal Action? OnUnproven { get; init; }

    /// <summary>Whether the message lies in a folder of drafts: then it is one, unless it was received once or is a copy of this project, which says so itself.</summary>
    internal bool IsInDrafts { get; init; }

    /// <summary>What the tags of Thunderbird are called.</summary>
    internal ThunderbirdTags Tags { get; init; } = ThunderbirdTags.Default;
}
