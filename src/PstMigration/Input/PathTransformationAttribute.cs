using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of paths take text and files, and nothing else: an object whose text would be taken for a path is refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is null
        ? inputData
        : Given.Unwrap(inputData) is System.Collections.IList ? Given.Each(inputData).Select(One).ToArray() : One(inputData);

    private static string One(object? value) => Given.Unwrap(value) is null ? "" : Given.Path(value) ?? throw Given.Refusal(Strings.NotAPath, value);
}
