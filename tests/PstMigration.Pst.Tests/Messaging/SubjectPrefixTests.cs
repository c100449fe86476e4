using PstMigration.Pst.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public sealed class SubjectPrefixTests
{
    [Theory]
    [InlineData("Hello", null, null, "\u0001\u0001Hello")]
    [InlineData("Re: Hello", null, null, "\u0001\u0005Re: Hello")]
    [InlineData("Re: Hello", "Re: ", null, "\u0001\u0005Re: Hello")]
    [InlineData("Re: Hello", "", null, "\u0001\u0001Re: Hello")]
    [InlineData("転送: Hello", null, "Hello", "\u0001\u0005転送: Hello")]
    [InlineData("12: Hello", null, null, "\u0001\u000112: Hello")]
    [InlineData("Note: Hello", null, null, "\u0001\u0001Note: Hello")]
    [InlineData("Re:", null, null, "\u0001\u0001Re:")]
    [InlineData("\u0001\u0005Re: Hello", null, null, "\u0001\u0005Re: Hello")]
    [InlineData("", "Re: ", null, "")]
    public void Stored_form(string subject, string? prefix, string? normalized, string stored) =>
        Assert.Equal(stored, SubjectPrefix.Encode(subject, prefix, normalized));
}
