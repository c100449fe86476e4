using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How <see cref="MimeExport"/> writes.</summary>
public sealed record MimeExportOptions
{
    /// <summary>Finds the SMTP address behind an Exchange address (X.500), or null; what it does not know is written as unresolved.</summary>
    public Func<string, string?>? ResolveExchangeAddress { get; init; }

    /// <summary>Writes the header block a received message came with. False builds all headers from the properties.</summary>
    public bool ReplayTransportHeaders { get; init; } = true;

    /// <summary>
    /// Adds categories and the follow-up flag (Keywords, X-Message-Flag) to a replayed header block. Rebuilt headers
    /// always have them.
    /// </summary>
    public bool IncludeState { get; init; }

    /// <summary>Leaves Bcc out.</summary>
    public bool OmitBcc { get; init; }

    /// <summary>
    /// Takes requests for receipts out, so that a server that opens the message later e-mails nobody.
    /// </summary>
    public bool DisarmReceipts { get; init; }

    /// <summary>
    /// Adds what a mailbox knows beside the message: read, answered, forwarded, flagged (Status, X-Status), when it was received, and the
    /// address of an author whom no SMTP address is known of.
    /// </summary>
    public bool IncludeMailboxState { get; init; }

    /// <summary>Where the item came from, written as the first headers; null to leave it out.</summary>
    public ItemProvenance? Provenance { get; init; }

    /// <summary>The folder it is put into; written with <see cref="Provenance"/>.</summary>
    internal FolderPath? Place { get; init; }

    /// <summary>What proves the headers that are written before the message; null to leave them unproven.</summary>
    internal TreeKey? Key { get; init; }

    /// <summary>
    /// Keeps a body that was written as RTF beside the HTML made from it: as one more alternative (application/rtf), which mail programs pass over
    /// and this project reads again from its own files.
    /// </summary>
    public bool IncludeRtf { get; init; }

    /// <summary>
    /// Adds every property MIME has no place for, of the item, its recipients and its attachments, as headers only this project reads
    /// (X-PstMigration-Property). Values above 48 KB are left out and told as losses.
    /// </summary>
    public bool IncludeAllProperties { get; init; }

    /// <summary>Stops the writing of an item with many recipients or attachments; a large value stops by itself (<see cref="StoppableSource"/>).</summary>
    public CancellationToken Cancellation { get; init; }
}
