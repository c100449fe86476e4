using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// Lets a parameter of names and ids take text, and nothing else: the subject of an item is no name of a backup, nor the beginning of the id of a transfer. What has a property of the parameter's
/// name is taken by that.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class TextTransformationAttribute : ObjectTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is null
        ? inputData
        : Given.Each(inputData).Select(v => Given.Unwrap(v) as string ?? (IsNotTaken(v) ? Given.NotTaken : null) ?? throw Given.Refusal(Strings.NotText, v)).ToArray();
}
