using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of addresses take text, and nothing else: an object whose text would be taken for an address is refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressTransformationAttribute : ObjectTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is null
        ? inputData
        : Given.Unwrap(inputData) is System.Collections.IList ? Given.Each(inputData).Select(One).ToArray() : One(inputData);

    private string One(object? value) => Given.Unwrap(value) switch
    {
        string text => text,
        MsMailbox mailbox => mailbox.Address,
        MsMailboxInfo mailbox => mailbox.Address,
        Uri or System.Net.Mail.MailAddress => value!.ToString()!,
        _ when IsNotTaken(value) => Given.NotTaken,
        _ => throw Given.Refusal(Strings.NotAnAddress, value),
    };
}
