using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// Lets a parameter of backups take their names, and what cmdlets give of backups, also out of a job or a table. Much else has a Name, such as a file or a folder, and would be looked for
/// among the backups, or be one by chance; it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BackupNameTransformationAttribute : ObjectTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is null
        ? inputData
        : Given.Each(inputData).Select(v => NameOf(v) ?? (IsNotTaken(v) ? Given.NotTaken : null) ?? throw Given.Refusal(Strings.NotText, v)).ToArray();

    private static string? NameOf(object? value) => Given.Unwrap(value) switch
    {
        string name => name,
        MailboxBackupInfo backup => backup.Name,
        MailboxBackupResult result => result.Name,
        MailboxBackupTest test => test.Name,
        _ => Given.Text(value, nameof(MailboxBackupInfo.Name)),
    };
}
