using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>The parameters of cmdlets that copy items and keep a journal of it: which items, and where the journal is.</summary>
public sealed class TransferParameters : ItemFilterParameters
{
    /// <summary>The folder of journals, in place of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalFolder { get; set; }

    /// <summary>Whether the journal keeps subjects and addresses.</summary>
    [Parameter]
    public SwitchParameter IncludeSubject { get; set; }

    /// <summary>Whether what was written is read again and compared with the source.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Whether only items older than some age are meant.</summary>
    internal bool HasAge => Before is not null;

    /// <summary>How what was written is opened to be verified; null where that was not asked for.</summary>
    internal Func<CancellationToken, Task<IItemSource>>? Verification(Func<CancellationToken, Task<IItemSource>> open) => Verify ? open : null;

    /// <summary>The journals. Call on the pipeline thread.</summary>
    /// <param name="cmdlet">Whose location and clock count.</param>
    /// <param name="tell">Is told where a journal cannot be kept.</param>
    /// <param name="time">The clock.</param>
    internal TransferJournals Journals(PSCmdlet cmdlet, Action<string> tell, TimeProvider time) => new(
        JournalFolder is null ? null : FileSystemPaths.Full(cmdlet, JournalFolder),
        new JournalOptions { IncludeSubject = IncludeSubject, Tell = tell, Time = time });
}
