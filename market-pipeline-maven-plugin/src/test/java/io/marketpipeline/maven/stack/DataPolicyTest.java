package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataPolicyTest {
    private static final String TEMPLATE =
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              DataKey:
                Type: AWS::KMS::Key
                DeletionPolicy: Retain
              Table:
                Type: AWS::DynamoDB::Table
                DeletionPolicy: RetainExceptOnCreate
                UpdateReplacePolicy: Delete
                Metadata:
                  checkov:
                    skip: []
                Properties:
                  TableName: market-data-dev
                  DeletionProtectionEnabled: true
              LogGroup:
                Type: AWS::Logs::LogGroup
                DeletionPolicy: Delete
            Outputs:
              Table:
                Value: !Ref Table
            """;

    @Test
    void holdsInWhenEveryDataResourceIsKept() {
        assertThat(DataPolicy.KEEP.holdsIn(TEMPLATE)).isTrue();
        assertThat(DataPolicy.DELETE.holdsIn(TEMPLATE)).isFalse();
    }

    @Test
    void inChangesDataResourcesAndNothingElse() {
        String edited = DataPolicy.DELETE.in(TEMPLATE, "now");

        assertThat(DataPolicy.DELETE.holdsIn(edited)).isTrue();
        assertThat(edited)
                .isEqualTo(
                        """
                        AWSTemplateFormatVersion: '2010-09-09'
                        Resources:
                          DataKey:
                            Type: AWS::KMS::Key
                            DeletionPolicy: Delete
                            Metadata:
                              DeletionPolicySet: 'now'
                          Table:
                            Type: AWS::DynamoDB::Table
                            DeletionPolicy: Delete
                            UpdateReplacePolicy: Delete
                            Metadata:
                              DeletionPolicySet: 'now'
                              checkov:
                                skip: []
                            Properties:
                              TableName: market-data-dev
                              DeletionProtectionEnabled: true
                          LogGroup:
                            Type: AWS::Logs::LogGroup
                            DeletionPolicy: Delete
                        Outputs:
                          Table:
                            Value: !Ref Table
                        """);
    }

    @Test
    void inWhenThereIsNoPolicyAddsOne() {
        String bare = "Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n";

        assertThat(DataPolicy.KEEP.holdsIn(bare)).isFalse();
        assertThat(DataPolicy.KEEP.holdsIn(DataPolicy.KEEP.in(bare, "now"))).isTrue();
    }

    @Test
    void protectedInNamesTablesThatRefuseDeletion() {
        assertThat(DataPolicy.protectedIn(TEMPLATE)).containsExactly("Table");
    }
}
