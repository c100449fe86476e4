using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// Lets -Mailbox take connections, what Get-MsMailbox gives, and addresses; also one that came through a job or a file, by its address. Another object is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailboxTransformationAttribute : ObjectTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (Given.Unwrap(inputData) is null)
        {
            return inputData;
        }

        MailboxArgument[] all = [.. Given.Each(inputData).Select(v => Find(v) ?? throw Given.Refusal(Strings.NotAMailbox, v))];

        // A parameter of one mailbox takes a list of one, too.
        return all.Length == 1 ? all[0] : all;
    }

    private MailboxArgument? Find(object? value) => Given.Unwrap(value) switch
    {
        MailboxArgument argument => argument,
        MsMailbox mailbox => new MailboxArgument(mailbox),
        MsMailboxInfo info => new MailboxArgument(info.Mailbox),
        string { Length: > 0 } address => new MailboxArgument(address),
        PSCustomObject when ((PSObject)value!).TypeNames.Any(n => n.StartsWith("Deserialized." + typeof(MsMailbox).FullName, StringComparison.Ordinal))
            && Given.Text(value, nameof(MsMailbox.Address)) is { Length: > 0 } address => new MailboxArgument(address),
        _ => IsNotTaken(value) ? MailboxArgument.NotTaken : null,
    };
}
