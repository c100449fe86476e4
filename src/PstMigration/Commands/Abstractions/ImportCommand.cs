using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that copy the items of files elsewhere.</summary>
public abstract class ImportCommand : PathCommand, IDynamicParameters
{
    private readonly TransferParameters _parameters = new();

    /// <summary>Only these folders of the source and what is below them: roles, paths in any language, wildcards.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Folder { get; set; } = [];

    /// <summary>A folder of the destination below which everything is put; without it Inbox goes to Inbox and the others beside it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetFolder { get; set; }

    /// <summary>What happens with an item that was changed in the source since it was copied.</summary>
    [Parameter]
    public ChangePolicy OnChange { get; set; }

    /// <summary>Writes each item's result as it comes, before the result of the whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters;

    private protected TransferTask Transfer(string activity) => new(Streams, activity) { PassThru = PassThru };

    /// <param name="openWritten">Opens what was written, to verify it.</param>
    private protected async Task<TransferOptions> OptionsAsync(Func<CancellationToken, Task<IItemSource>> openWritten) => new()
    {
        OpenWritten = _parameters.Verification(openWritten),
        Journals = await OnPipelineAsync(() => _parameters.Journals(this, WriteWarning, Clock)).ConfigureAwait(false),
        Filter = _parameters.ToFilter(Folder.Select(FolderSelector.Parse), Clock.GetLocalNow()),
        TargetRoot = TargetFolder is null ? null : FolderPath.Parse(TargetFolder),
        OnChange = OnChange,
        Time = Clock,
    };
}
