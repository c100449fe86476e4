using System.Management.Automation;
using PstMigration.Accounts;

namespace PstMigration;

/// <summary>Lets -Protocol take the names that mail programs and standards have for protocols, and say which there are.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailProtocolTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) switch
    {
        null or MailProtocol => inputData,
        object given => Find(given.ToString()!.Trim()) ?? throw new ArgumentTransformationMetadataException(
            LocalText.Format(Strings.ProtocolUnknown, SafeText.Show(given.ToString()), string.Join(", ", Enum.GetNames(typeof(MailProtocol))))),
    };

    private static MailProtocol? Find(string text) => text.ToUpperInvariant() switch
    {
        "POP3" or "POP3S" or "POPS" => MailProtocol.Pop,
        "IMAP4" or "IMAP4REV1" or "IMAPS" => MailProtocol.Imap,
        "SMTPS" or "SUBMISSION" => MailProtocol.Smtp,
        "EAS" => MailProtocol.ActiveSync,
        "MAPI" => MailProtocol.Exchange,

        // Numbers, which the engine takes for values of an enumeration, name nothing here.
        _ => Enum.TryParse(text, ignoreCase: true, out MailProtocol known) && Enum.IsDefined(typeof(MailProtocol), known) && !text.Any(char.IsDigit) ? known : null,
    };
}
