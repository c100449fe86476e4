using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of ids of transfers take text. What an export to be read by people, or a run without a journal, has given has none, and that is said.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TransferIdTransformationAttribute : TextTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is null
        ? throw Given.Refusal(Strings.NoTransferId, null)
        : base.Transform(engineIntrinsics, inputData);
}
