using System.Management.Automation;
using PstMigration.Accounts;

namespace PstMigration;

/// <summary>Lets a parameter of accounts take what Get-LegacyMailAccount gives, and nothing else: the engine would make an account without an address of any object.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LegacyAccountTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Given.Each(inputData).Select(v => Given.Unwrap(v) as LegacyMailAccount ?? throw Given.Refusal(Strings.NotAnAddress, v)).ToArray();
}
