using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What one transfer between a file and a mailbox, or from one file into another, did. The fates add up to <see cref="Read"/>.</summary>
public sealed class PstTransferResult
{
    internal PstTransferResult(string path, MsMailbox mailbox, TransferSummary summary, IReadOnlyList<PstTransferItem> issues)
        : this(path, summary, issues) => Mailbox = mailbox;

    internal PstTransferResult(string path, string destination, TransferSummary summary, IReadOnlyList<PstTransferItem> issues)
        : this(path, summary, issues) => Destination = destination;

    private PstTransferResult(string path, TransferSummary summary, IReadOnlyList<PstTransferItem> issues)
    {
        Path = path;
        Read = summary.Read;
        Copied = summary.Count(ItemFate.Copied);
        AlreadyThere = summary.Count(ItemFate.AlreadyThere);
        Skipped = summary.Count(ItemFate.Skipped);
        Failed = summary.Count(ItemFate.Failed);
        Unsure = summary.Count(ItemFate.Unsure);
        Folders = summary.Folders;
        Duration = summary.Duration;
        Losses = summary.Losses.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal);
        Issues = issues;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The mailbox; null where there is none.</summary>
    public MsMailbox? Mailbox { get; }

    /// <summary>The file that was added to; null where there is none.</summary>
    public string? Destination { get; }

    /// <summary>Whether that file has grown near a size Outlook by default does not go beyond, in words; null where it has not.</summary>
    public string? SizeWarning { get; internal init; }

    /// <summary>Folders visited.</summary>
    public int Folders { get; }

    /// <summary>Items read.</summary>
    public int Read { get; }

    /// <summary>Items written.</summary>
    public int Copied { get; }

    /// <summary>Items an earlier run had written.</summary>
    public int AlreadyThere { get; }

    /// <summary>Items left out for a reason.</summary>
    public int Skipped { get; }

    /// <summary>Items that could not be read or written.</summary>
    public int Failed { get; }

    /// <summary>Items sent without an answer and not found afterwards.</summary>
    public int Unsure { get; }

    /// <summary>How often each kind of loss occurred.</summary>
    public IReadOnlyDictionary<string, int> Losses { get; }

    /// <summary>Every item that did not arrive whole, with the reason or the losses.</summary>
    public IReadOnlyList<PstTransferItem> Issues { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }
}
