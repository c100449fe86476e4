using System.Management.Automation;
using System.Security;

namespace PstMigration;

/// <summary>
/// For parameters that take a secret. PowerShell would answer a plain text with an error that shows it; here it becomes a mark, and the cmdlet refuses that with an error
/// that does not.
/// </summary>
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Stands for a text that was no secret when it came.</summary>
    internal static readonly SecureString PlainText = new();

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = (inputData as PSObject)?.BaseObject ?? inputData;
        return value is null or SecureString ? inputData : PlainText;
    }
}
