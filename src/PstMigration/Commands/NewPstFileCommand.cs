using System.Globalization;
using System.Management.Automation;
using System.Security;
using PstMigration.Errors;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>New-PstFile: an empty data file like Outlook's own.</summary>
[Cmdlet(VerbsCommon.New, "PstFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PstFileInfo))]
public sealed class NewPstFileCommand : AsyncCommand
{
    /// <summary>The files to make.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The name Outlook shows.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>The language of folder names.</summary>
    [Parameter]
    [ValidateNotNull]
    public CultureInfo Language { get; set; } = CultureInfo.CurrentUICulture;

    /// <summary>How data is obfuscated.</summary>
    [Parameter]
    [ValidateSet(nameof(PstEncoding.None), nameof(PstEncoding.Permute), nameof(PstEncoding.Cyclic))]
    public PstEncoding Encoding { get; set; } = PstEncoding.Permute;

    /// <summary>The password Outlook is to ask for.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>Also Inbox, Sent Items, Calendar and the other folders of a mailbox.</summary>
    [Parameter]
    public SwitchParameter DefaultFolders { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string given in Path)
        {
            try
            {
                string path = await OnPipelineAsync(() => FileSystemPaths.Full(this, given)).ConfigureAwait(false);
                if (await ShouldProcessAsync(path, Strings.ActionNewPst).ConfigureAwait(false))
                {
                    Create(path);
                    using PstFile file = PstFile.Open(path);
                    WriteObject(PstFileInfo.Read(file, cancellationToken));
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, given));
            }
        }
    }

    private void Create(string path)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions
        {
            DisplayName = DisplayName,
            Language = Language,
            Encoding = Encoding,
            PasswordChecksum = PstPassword.Checksum(Password, PstPassword.CodePageOf(Language)),
            DefaultFolders = DefaultFolders,
            Replace = Force,
            TimeProvider = Clock,
        });
        builder.Complete();
    }
}
