using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How <see cref="MimeImport"/> reads.</summary>
public sealed class MimeImportOptions
{
    /// <summary>Keeps the header block as it came (<see cref="PropertyTags.TransportMessageHeaders"/>), as a mail server does.</summary>
    public bool KeepTransportHeaders { get; init; } = true;

    /// <summary>Flags besides those that follow from the message: <see cref="MessageFlags.Read"/> for one that was read.</summary>
    public MessageFlags Flags { get; init; }
}
