using Microsoft.Kiota.Abstractions;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Http;

public sealed class GraphErrorsTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task A_call_that_succeeded_is_never_a_refused_one(int status)
    {
        ApiException unreadable = new("The response could not be deserialized.") { ResponseStatusCode = status };

        BadAnswerException e = await Assert.ThrowsAsync<BadAnswerException>(() => GraphErrors.CallAsync<string>(() => throw unreadable));

        Assert.Same(unreadable, e.InnerException);
    }

    [Fact]
    public async Task A_refusal_is_one_of_that_request()
    {
        ApiException refused = new("Bad request") { ResponseStatusCode = 400 };

        GraphRequestException e = await Assert.ThrowsAsync<GraphRequestException>(() => GraphErrors.CallAsync<string>(() => throw refused));

        Assert.Same(refused, e.InnerException);
    }
}
