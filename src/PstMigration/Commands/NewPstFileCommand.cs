using System.Globalization;
using System.Management.Automation;
using System.Security;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>New-PstFile: an empty data file like Outlook's own.</summary>
[Cmdlet(VerbsCommon.New, "PstFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstFileInfo))]
public sealed class NewPstFileCommand : AsyncCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";


    /// <summary>The files to make.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("FullName", "FilePath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same by paths of which every character is taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The name Outlook shows.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>The language of folder names.</summary>
    [Parameter]
    [Alias("Culture")]
    [ArgumentCompleter(typeof(CultureCompleter))]
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
    private protected override MailDataException? NotTaken => ParameterSetName == LiteralPathSet && Given.IsNotTaken(LiteralPath) ? PathErrors.NotOfFile() : null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string given in Path.Concat(LiteralPath))
        {
            try
            {
                string path = await OnPipelineAsync(() => FileSystemPaths.ToWrite(this, given, isLiteral: ParameterSetName == LiteralPathSet)).ConfigureAwait(false);
                PstDestination.Check(path);
                long items = Force ? ItemsIn(path) : 0;
                if (await ShouldProcessAsync(path, Strings.ActionNewPst).ConfigureAwait(false)
                    && (items == 0 || MyInvocation.BoundParameters.ContainsKey("Confirm") || await ReplacesAsync(path, items).ConfigureAwait(false)))
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

    // -Force is harmless to most cmdlets; here it would throw mail away. That is asked about as an impact of High would be: unless -Confirm says otherwise.
    private Task<bool> ReplacesAsync(string path, long items) => OnPipelineAsync(
        () => ShouldContinue(LocalText.Format(Strings.QueryReplacePst, path, items), Strings.ActionNewPst));

    private static long ItemsIn(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        try
        {
            using PstFile file = PstFile.Open(path);
            return PstFileInfo.Read(file, CancellationToken.None).ItemCount + file.CountHidden().Items;
        }
        catch (PstException e) when (e.Error != PstErrorIds.PstInUse && e.Error != PstErrorIds.PstAccessDenied)
        {
            // What cannot be read may hold anything, unless it is empty.
            return new FileInfo(path).Length;
        }
    }

    private void Create(string path)
    {
        PstDestination.MakeFolder(path);
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
